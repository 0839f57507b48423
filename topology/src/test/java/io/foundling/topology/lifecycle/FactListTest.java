package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which of two facts with one eventId stays. Proves rule L4. */
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
