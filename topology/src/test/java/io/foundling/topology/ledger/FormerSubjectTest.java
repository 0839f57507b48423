package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Settlement;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.StoredKeys;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.FormerSubjects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A subject that version 1 stored, which stored no members. Its members are stored with its next change, and never
 * without one: they would stay when the subject moves, and count as missing for ever.
 */
final class FormerSubjectTest {

    private static final byte TALLY = 0x04;
    private static final byte POLICIES = 0x08;
    private static final byte MEMBER = 0x41;
    private static final Events FIRST = deferred("r1").parent("b1");

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));

    @BeforeEach
    void storeAsVersion1() {
        ledger.send(FIRST);
        Bytes subject = StoredKeys.subject("r1");
        ledger.store()
                .overwrite(
                        subject,
                        FormerSubjects.asVersion1(ledger.store().contents().get(subject)));
        for (Bytes stored : ledger.store().contents().keySet()) {
            if (stored.get()[0] == MEMBER) {
                ledger.store().overwrite(stored, null);
            }
        }
        ledger.restart();
        assertThat(members()).isEmpty();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldStoreItsMembersWithItsNextChange() {
        // When
        ledger.send(completed("r1").parent("b1").at(START.plusSeconds(1)));

        // Then
        assertThat(members()).containsExactly(member("b1", 1));
        assertThat(version()).isEqualTo((byte) 5);
    }

    @Test
    void shouldStoreNoMemberWhenADuplicateIsRead() {
        // When
        ledger.send(FIRST);

        // Then
        assertThat(members()).isEmpty();
        assertThat(version()).isEqualTo((byte) 1);
    }

    /** An earlier fact of another batch makes the first attempt a member of that batch, and the second one of this. */
    @Test
    void shouldLeaveNoMemberThatDoesNotExistWhenTheSubjectMovesAfterADuplicate() {
        // Given
        ledger.send(FIRST);

        // When
        ledger.send(deferred("r1").parent("b0").at(START.minusSeconds(1)));

        // Then
        assertThat(members()).containsExactly(member("b0", 1), member("b1", 2));
    }

    @Test
    void shouldCountEachMemberOnceWhenTheSubjectMovesAfterADuplicate() {
        // Given
        ledger.send(FIRST);
        ledger.send(deferred("r1").parent("b0").at(START.minusSeconds(1)));

        // When
        ledger.send(completed("b1").kind(SubjectKind.BATCH).at(START.plusSeconds(1)));
        ledger.bothReach(START.plus(20, MINUTES));
        ledger.bothReach(START.plus(40, MINUTES));

        // Then
        assertThat(ledger.settlements().values())
                .singleElement()
                .extracting(Settlement::getDeferred, Settlement::getMissing)
                .containsExactly(1L, List.of(key("r1")));
    }

    /** Tallies of that version did not count orphans. Proves rule L19. */
    @Test
    void shouldCountItAsAnOrphanOnceItWasVisited() {
        // Given
        ledger.send(deferred("r2").dueAt(START.plus(1, MINUTES)));
        ledger.bothReach(START.plus(5, MINUTES));
        Bytes subject = StoredKeys.subject("r2");
        ledger.store()
                .overwrite(
                        subject,
                        FormerSubjects.asVersion1(ledger.store().contents().get(subject)));
        ledger.store().contents().forEach((key, value) -> {
            if (key.get()[0] == TALLY) {
                ledger.store().overwrite(key, Arrays.copyOf(value, 5 * Long.BYTES));
            } else if (key.get()[0] == POLICIES) {
                ledger.store().overwrite(key, null);
            }
        });

        // When
        ledger.restart();
        ledger.sweep();

        // Then
        assertThat(ledger.orphans()).containsOnlyKeys(key("r2"));
        assertThat(ledger.listener().orphans()).containsOnly(Map.entry("university/declaration", 1L));
    }

    private byte version() {
        return ledger.store().contents().get(StoredKeys.subject("r1"))[0];
    }

    private List<String> members() {
        List<String> members = new ArrayList<>();
        for (Bytes stored : ledger.store().contents().keySet()) {
            if (stored.get()[0] == MEMBER) {
                members.add(new String(stored.get(), 1, stored.get().length - 1, UTF_8));
            }
        }
        return members;
    }

    private static String member(String batch, int attempt) {
        String parent = SubjectKey.of(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, batch);
        return parent + '\0' + key("r1") + '\0' + "0000" + attempt;
    }
}
