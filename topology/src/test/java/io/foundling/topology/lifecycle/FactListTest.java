package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which of two facts with one eventId stays, and what chains and rebuilt facts say. Proves rules L4, B7 and R6. */
class FactListTest {

    @Test
    void shouldKeepTheSmallerNumberOfMembersWhenTwoFactsDifferInNothingElse() {
        // Given
        Fact notSaid = announcing(Fact.NOT_SAID);
        Fact nine = announcing(9);
        Fact ten = announcing(10);

        // When / Then
        assertThat(FactList.insert(List.of(ten), nine)).contains(List.of(nine));
        assertThat(FactList.insert(List.of(nine), ten)).isEmpty();
        assertThat(FactList.insert(List.of(nine), notSaid)).contains(List.of(notSaid));
        assertThat(FactList.insert(List.of(notSaid), nine)).isEmpty();
    }

    @Test
    void shouldKeepAChainWhenItsLastExtensionIsReadAgainWithAnotherTime() {
        // Given
        Fact chain = extension(20, 2, "batch/s/t/2", "").joinedTo(extension(10, 1, "batch/s/t/1", "approval"), 0);

        // When / Then
        assertThat(FactList.insert(List.of(chain), extension(5, 2, "", ""))).isEmpty();
    }

    @Test
    void shouldKeepTheFirstParentAndTheLastWaitingOnWhenExtensionsAreJoined() {
        // When
        Fact chain = extension(20, 2, "batch/s/t/2", "").joinedTo(extension(10, 1, "batch/s/t/1", "approval"), 1);

        // Then
        assertThat(chain.parent()).isEqualTo("batch/s/t/1");
        assertThat(chain.texts().waitingOn()).isEqualTo("approval");
        assertThat(chain.chain()).isEqualTo(new Chain(10, 1));
    }

    @Test
    void shouldTakeOnlyWhatARebuildMadeForAnyEventOfItsBodyAndTime() {
        // Given
        Fact read = completed(new UUID(0x4000, 1));
        Fact rebuilt = completed(Fact.rebuiltId(FactType.COMPLETED, 5, 7));
        Fact numberedByHand = completed(new UUID(0, 7));

        // When / Then
        assertThat(FactList.insert(List.of(rebuilt), read)).isEmpty();
        assertThat(FactList.insert(List.of(numberedByHand), read)).contains(List.of(numberedByHand, read));
    }

    private static Fact completed(UUID id) {
        return new Fact(FactType.COMPLETED, 0, 5, id, "", Deadline.NONE, FactTexts.NONE, FactNumbers.NONE);
    }

    private static Fact extension(long occurredAtMs, int id, String parent, String waitingOn) {
        return new Fact(
                FactType.EXTENDED,
                0,
                occurredAtMs,
                new UUID(1, id),
                parent,
                new Deadline(occurredAtMs + 100, 0, "extended"),
                FactTexts.NONE.waitingOn(waitingOn),
                FactNumbers.NONE);
    }

    private static Fact announcing(long members) {
        return new Fact(
                FactType.PENDING,
                1,
                5,
                new UUID(1, 1),
                "",
                Deadline.NONE,
                FactTexts.NONE,
                FactNumbers.ofMembers(members));
    }
}
