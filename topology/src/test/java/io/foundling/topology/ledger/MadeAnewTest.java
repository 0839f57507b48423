package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.StoredKeys;
import io.foundling.topology.settings.LedgerSettings;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves rule S2: figures are as if nothing had been damaged, and nothing stands about a subject that is lost. */
final class MadeAnewTest {

    private static final byte[] DAMAGED = {99};

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));

    @AfterEach
    void close() {
        ledger.close();
    }

    /** Lets all that is due at a time be dealt with, and alerts be published. */
    private void live(int minute) {
        for (int second = 0; second < 5; second++) {
            ledger.bothReach(START.plus(minute, MINUTES).plusSeconds(second));
        }
    }

    private void damage(byte kind) {
        for (Map.Entry<Bytes, byte[]> each : ledger.store().contents().entrySet()) {
            if (each.getKey().get()[0] == kind) {
                ledger.store().overwrite(each.getKey(), DAMAGED);
            }
        }
    }

    /** Members, accounts, and how subjects count in them. */
    @ParameterizedTest
    @ValueSource(bytes = {0x41, 0x43, 0x44})
    void shouldGoOnWithTheFiguresOfASettlement(byte kind) {
        // Given
        ledger.send(opened("b1").kind(SubjectKind.BATCH));
        ledger.send(deferred("r1").parent("b1"));
        ledger.send(deferred("r2").parent("b1"));
        ledger.send(deferred("r3").parent("b1"));
        ledger.send(completed("r1"));
        ledger.send(completed("b1").kind(SubjectKind.BATCH).at(START.plus(1, MINUTES)));
        live(10);
        assertThat(settlement().getOrphaned()).isEqualTo(2);

        // When
        damage(kind);
        ledger.send(completed("r2").at(START.plus(10, MINUTES)));
        live(12);

        // Then
        assertThat(settlement().getOrphaned()).isEqualTo(1);
        assertThat(settlement().getReturned()).containsEntry("COMPLETED", 2L);
        ledger.send(completed("r3").at(START.plus(12, MINUTES)));
        live(14);
        assertThat(settlement().getOrphaned()).isZero();
        assertThat(settlement().getReturned()).containsEntry("COMPLETED", 3L);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0x43, 0x44})
    void shouldGoOnWithTheCountOfAGroup(byte kind) {
        // Given
        ledger.send(deferred("r1").dueAt(START.plus(1, MINUTES)));
        ledger.send(deferred("r2").dueAt(START.plus(1, MINUTES)));
        ledger.send(deferred("r3").dueAt(START.plus(1, MINUTES)));
        live(10);

        // When
        damage(kind);
        ledger.send(completed("r1").at(START.plus(10, MINUTES)));
        live(12);

        // Then
        assertThat(ledger.alerts().get("orphaned/university/declaration").getCount())
                .isEqualTo(2);
    }

    @Test
    void shouldTakeBackWhatIsPublishedAboutASubjectThatIsLost() {
        // Given
        ledger.send(deferred("lost").dueAt(START.plus(1, MINUTES)));
        live(10);
        ledger.store().overwrite(StoredKeys.subject("lost"), DAMAGED);

        // When
        ledger.send(completed("other"));
        ledger.send(deferred("lost").at(START.plus(10, MINUTES)));
        live(12);

        // Then: it has begun anew, and its alert is over
        assertThat(ledger.orphans()).isEmpty();
        assertThat(ledger.disposition("lost").getFirstOccurredAt()).isEqualTo(START.plus(10, MINUTES));
        assertThat(ledger.alerts().get("orphaned/university/declaration").getStatus())
                .isEqualTo(AlertStatus.RESOLVED);
        assertThat(ledger.listener().subjects().get("university/declaration"))
                .containsEntry("awaiting", 1L)
                .containsEntry("outcomes", 1L)
                .containsEntry("removed", 1L);
    }

    private Settlement settlement() {
        String batch = SubjectKey.of(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, "b1");
        return ledger.settlements().get(batch + "/1");
    }
}
