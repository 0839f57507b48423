package io.foundling.topology.rebuild;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.declared;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.extended;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.pending;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.Attempt;
import io.foundling.audit.Disposition;
import io.foundling.audit.Pending;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A ledger goes on over stores that were made anew. Proves rule R6. */
final class LedgerRebuildTest {

    private static final String SETTLEMENT = SubjectKey.of(SubjectKind.BATCH, "university", "declaration", "b1") + "/1";

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldTakeInNothingOfWhichNoSubjectCanBeMade() {
        // Given
        ledger.send(deferred("r1").dueAt(START.plus(1, MINUTES)));
        Disposition published = ledger.disposition("r1");
        Attempt unknown = Attempt.newBuilder(published.getHistory().get(0))
                .setStatus(Status.UNKNOWN)
                .setEntered(List.of())
                .build();
        Disposition ofANewerBuild = Disposition.newBuilder(published)
                .setStatus(Status.UNKNOWN)
                .setHistory(List.of(unknown))
                .build();
        LedgerRebuild rebuild = new LedgerRebuild(LedgerSettings.defaults("audit.events", 1), 0);
        String key = Events.key("r1");

        // When and then
        assertThatThrownBy(() -> rebuild.disposition(key, ofANewerBuild, 0)).hasMessageContaining("UNKNOWN");
        assertThatThrownBy(() -> rebuild.disposition("r1", published, 0)).hasMessageContaining("r1");
        assertThatThrownBy(() -> rebuild.alert("x", new Alert())).isInstanceOf(IllegalArgumentException.class);
        rebuild.disposition("r1", null, 0);
        rebuild.run();
        assertThat(rebuild.subjects()).isZero();
    }

    @Test
    void shouldEmitNoWarningAgainAndRecoverTheOrphan() {
        // Given
        ledger.send(deferred("r1").dueAt(START.plus(1, MINUTES)).metadata("k", "v"));
        reach(START.plus(10, MINUTES));
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        Disposition before = ledger.disposition("r1");
        int published = ledger.dispositionChanges().size();
        List<Alert> alerts = List.copyOf(ledger.alerts().values());

        // When
        ledger.rebuild();
        reach(START.plus(40, MINUTES));

        // Then
        assertThat(ledger.orphanStory()).hasSize(1);
        assertThat(ledger.dispositionChanges()).hasSize(published);
        assertThat(ledger.alerts().values()).containsExactlyElementsOf(alerts);

        // And when
        ledger.send(completed("r1").at(START.plus(30, MINUTES)));
        reach(START.plus(41, MINUTES));

        // Then
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED", "r1 RECOVERY 1 DEFERRED -");
        assertThat(ledger.disposition("r1").getStatus()).isEqualTo(Status.COMPLETED);
        assertThat(ledger.disposition("r1").getMetadata()).isEqualTo(before.getMetadata());
        assertThat(ledger.alerts().values()).extracting(Alert::getStatus).containsExactly(AlertStatus.RESOLVED);
    }

    @Test
    void shouldEmitTheWarningThatIsDueAfterwards() {
        // Given
        ledger.send(opened("r1"));
        ledger.send(deferred("r1").at(START.plusSeconds(10)).dueAt(START.plus(1, HOURS)));
        ledger.send(deferred("r2").dueAt(START.plus(3, HOURS)));
        reach(START.plus(10, MINUTES));

        // When
        ledger.rebuild();
        reach(START.plus(90, MINUTES));

        // Then
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
    }

    @Test
    void shouldChangeNothingWhenEventsAreReadAgain() {
        // Given
        reach(START.plus(80, MINUTES));
        List<Events> events = List.of(
                opened("r1").number(1),
                deferred("r1").number(2).at(START.plusSeconds(10)).dueAt(START.plus(1, MINUTES)),
                extended("r1", START.plus(1, HOURS)).number(3).at(START.plus(5, MINUTES)),
                completed("r2").number(4),
                deferred("r2").number(5).at(START.plus(1, HOURS)).dueAt(START.plus(9, HOURS)),
                pending("r2").number(6).at(START.plus(61, MINUTES)).dueAt(START.plus(9, HOURS)));
        events.forEach(ledger::send);
        reach(START.plus(90, MINUTES));
        List<String> story = ledger.orphanStory();
        var dispositions = ledger.dispositions();
        int changes = ledger.dispositionChanges().size();
        assertThat(story).hasSize(2);
        assertThat(ledger.disposition("r2").getAttempt()).isEqualTo(2);

        // When
        ledger.rebuild();
        events.forEach(ledger::send);
        reach(START.plus(100, MINUTES));

        // Then
        assertThat(ledger.orphanStory()).isEqualTo(story);
        assertThat(ledger.dispositions()).isEqualTo(dispositions);
        assertThat(ledger.dispositionChanges()).hasSize(changes);
        assertThat(ledger.violations()).isEmpty();
    }

    @Test
    void shouldKeepDeclarationsAndRemoveWhatRetentionRemoves() {
        // Given
        ledger.send(declared("s1").kind(SubjectKind.SCOPE));
        ledger.send(completed("s1").kind(SubjectKind.SCOPE).at(START.plusSeconds(9)));
        ledger.send(completed("r1"));
        reach(START.plus(1, HOURS));

        // When
        ledger.rebuild();
        reach(START.plus(3, DAYS));

        // Then
        assertThat(ledger.dispositions())
                .containsOnlyKeys(SubjectKey.of(SubjectKind.SCOPE, "university", "declaration", "s1"));
    }

    @Test
    void shouldCorrectTheSettlementWhenAMemberComesBack() {
        // Given: nine of ten returned, and their dispositions are removed in part
        ledger.send(submitted(10));
        for (int member = 1; member <= 10; member++) {
            ledger.send(deferred("r" + member).parent("b1"));
        }
        for (int member = 1; member <= 9; member++) {
            ledger.send(completed("r" + member).parent("b1").at(START.plus(1, MINUTES)));
        }
        ledger.send(completed("b1").kind(SubjectKind.BATCH).at(START.plus(2, MINUTES)));
        reach(START.plus(10, MINUTES));
        reach(START.plus(26, HOURS));
        Settlement settled = ledger.settlements().get(SETTLEMENT);
        assertThat(settled.getMissing()).containsExactly(Events.key("r10"));
        assertThat(ledger.dispositions()).hasSize(1);
        var alerts = ledger.alerts();

        // When
        ledger.rebuild();
        reach(START.plus(27, HOURS));

        // Then
        assertThat(ledger.settlementChanges()).hasSize(1);
        assertThat(ledger.alerts()).isEqualTo(alerts);
        assertThat(ledger.orphanStory()).containsExactly("r10 ORPHANED 1 DEFERRED");

        // And when
        ledger.send(completed("r10").parent("b1").at(START.plus(27, HOURS)));
        reach(START.plus(28, HOURS));

        // Then
        Settlement corrected = ledger.settlements().get(SETTLEMENT);
        assertThat(corrected.getReturned()).isEqualTo(Map.of("COMPLETED", 10L));
        assertThat(corrected.getOrphaned()).isZero();
        assertThat(corrected.getExpected()).isEqualTo(10);
        assertThat(ledger.alerts().values()).extracting(Alert::getStatus).containsOnly(AlertStatus.RESOLVED);
        assertThat(ledger.orphanStory()).hasSize(2);
    }

    @Test
    void shouldSettleABatchThatClosesAfterwards() {
        // Given
        ledger.send(submitted(3));
        ledger.send(deferred("r1").parent("b1"));
        ledger.send(completed("r1").parent("b1").at(START.plusSeconds(1)));
        ledger.send(deferred("r2").parent("b1"));
        reach(START.plus(1, MINUTES));

        // When
        ledger.rebuild();
        ledger.send(completed("b1").kind(SubjectKind.BATCH).at(START.plus(2, MINUTES)));
        reach(START.plus(1, HOURS));

        // Then
        Settlement settled = ledger.settlements().get(SETTLEMENT);
        assertThat(settled.getExpected()).isEqualTo(3);
        assertThat(settled.getDeferred()).isEqualTo(2);
        assertThat(settled.getMissing()).containsExactly(Events.key("r2"));
        assertThat(settled.getUnseen()).isEqualTo(1);
        assertThat(ledger.orphanStory()).containsExactly("r2 ORPHANED 1 DEFERRED");
    }

    @Test
    void shouldFindWarningsThatNoSubjectHas() {
        // Given
        ledger.send(deferred("r1").dueAt(START.plus(1, MINUTES)));
        reach(START.plus(10, MINUTES));
        LedgerRebuild rebuild =
                new LedgerRebuild(ledger.settings(), ledger.now().toEpochMilli());
        ledger.orphans().forEach(rebuild::orphan);

        // When
        rebuild.run();

        // Then
        assertThat(rebuild.warningsOfNobody()).containsOnlyKeys(Events.key("r1"));
    }

    /** Lets accounts and alerts follow. */
    private void reach(Instant time) {
        ledger.bothReach(time);
        for (int second = 1; second <= 4; second++) {
            ledger.wallReaches(time.plusSeconds(second));
        }
    }

    private static Events submitted(long members) {
        Pending pending = new Pending(START, START, 0L, null, null, null, null, members);
        return Events.of("b1", pending).kind(SubjectKind.BATCH);
    }
}
