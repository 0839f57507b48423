package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.PartitionedHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.SilenceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The alert about a source that has stopped, and what becomes of its warnings. Proves rules T28, T26, A1, A2, A8 and A12. */
final class SilentSourceTest {

    private static final List<String> SOURCES = List.of("alpha", "beta", "gamma");
    private static final int AWAITING = 500;
    private static final Duration HISTORY = Duration.ofHours(1);
    private static final SilenceSettings SILENCE = new SilenceSettings(HISTORY, 10, Duration.ofMinutes(15));

    private final LedgerSettings settings =
            Settings.of(LedgerSettings.defaults("audit.events", 3)).silence(SILENCE);
    private PartitionedHarness ledger = PartitionedHarness.of(settings);
    private int number;

    @AfterEach
    void close() {
        ledger.close();
    }

    private static String key(String source, String id) {
        return SubjectKey.of(SubjectKind.RECORD, source, Events.STAGE, id);
    }

    /** Lets time pass while sources report two records a minute that come back at once. */
    private void report(List<String> sources, Duration duration) {
        Instant end = ledger.now().plus(duration);
        while (ledger.now().isBefore(end)) {
            for (String source : sources) {
                String id = "b" + number++;
                ledger.send(deferred(id).source(source).at(ledger.now()));
                ledger.send(completed(id).source(source).at(ledger.now()));
            }
            ledger.bothReach(ledger.now().plusSeconds(60));
        }
    }

    /** Each source has so many records that await, due at one time. */
    private void await(Instant dueAt) {
        for (String source : SOURCES) {
            for (int record = 0; record < AWAITING; record++) {
                ledger.send(
                        deferred("r" + record).source(source).at(ledger.now()).dueAt(dueAt));
            }
        }
    }

    private long orphans(String source) {
        Alert alert = ledger.alerts().get("orphaned/" + source + "/" + Events.STAGE);
        return alert == null ? 0 : alert.getCount();
    }

    private long warnings(String source, boolean unknown) {
        return ledger.orphans().values().stream()
                .filter(warning -> warning.getSubject().getSource().equals(source))
                .filter(warning -> warning.getUnknown() == unknown)
                .count();
    }

    private AlertStatus status(String source) {
        Alert alert = ledger.alerts().get("silent_source/" + source);
        return alert == null ? null : alert.getStatus();
    }

    @Test
    void shouldCountNoneOf500OrphansOfASourceThatStoppedAndAllOfTheOthers() {
        // Given
        report(SOURCES, HISTORY.plusMinutes(5));
        await(ledger.now().plus(Duration.ofMinutes(30)));

        // When
        report(List.of("beta", "gamma"), Duration.ofMinutes(40));

        // Then
        assertThat(status("alpha")).isEqualTo(AlertStatus.FIRING);
        assertThat(status("beta")).isNull();
        assertThat(status("gamma")).isNull();
        assertThat(orphans("alpha")).isZero();
        assertThat(orphans("beta")).isEqualTo(AWAITING);
        assertThat(orphans("gamma")).isEqualTo(AWAITING);
        assertThat(warnings("alpha", true)).isEqualTo(AWAITING);
        assertThat(warnings("alpha", false)).isZero();
        assertThat(warnings("beta", true)).isZero();
        assertThat(ledger.orphanStory(key("beta", "r1"))).containsExactly("ORPHANED");
        assertThat(ledger.orphansTallied("alpha/" + Events.STAGE)).isZero();
        assertThat(ledger.orphansTallied("beta/" + Events.STAGE)).isEqualTo(AWAITING);
    }

    @Test
    void shouldSayWhichSourceIsSilent() {
        // Given
        report(SOURCES, HISTORY.plusMinutes(5));

        // When
        report(List.of("beta", "gamma"), Duration.ofMinutes(20));

        // Then
        Alert alert = ledger.alerts().get("silent_source/alpha");
        assertThat(alert.getType()).isEqualTo(AlertType.SILENT_SOURCE);
        assertThat(alert.getCount()).isEqualTo(3);
        assertThat(alert.getSamples()).containsExactly("partition 0", "partition 1", "partition 2");
        assertThat(alert.getLabels())
                .isEqualTo(Map.of("alertname", "FoundlingSilentSource", "severity", "warning", "source", "alpha"));
        assertThat(alert.getAnnotations().get("summary")).contains("source alpha", "UNKNOWN");
    }

    @Test
    void shouldConfirmOrWithdrawExactlyOnceItIsHeardAgain() {
        // Given
        report(SOURCES, HISTORY.plusMinutes(5));
        Instant stoppedAt = ledger.now();
        await(stoppedAt.plus(Duration.ofMinutes(30)));
        report(List.of("beta", "gamma"), Duration.ofMinutes(60));

        // When it comes back, its spool says that 200 completed in time, and 100 late
        ledger.send(completed("r0").source("alpha").at(stoppedAt.plus(Duration.ofMinutes(20))));
        report(List.of("beta", "gamma"), Duration.ofMinutes(5));
        long afterTheFirstOfTheSpool = orphans("alpha");
        for (int record = 1; record < 200; record++) {
            ledger.send(completed("r" + record).source("alpha").at(stoppedAt.plus(Duration.ofMinutes(20))));
        }
        for (int record = 200; record < 300; record++) {
            ledger.send(completed("r" + record).source("alpha").at(stoppedAt.plus(Duration.ofMinutes(31))));
        }
        report(SOURCES, Duration.ofMinutes(90));

        // Then
        assertThat(afterTheFirstOfTheSpool).as("in partitions without it, too").isZero();
        assertThat(status("alpha")).isEqualTo(AlertStatus.RESOLVED);
        assertThat(warnings("alpha", true)).isZero();
        assertThat(warnings("alpha", false)).isEqualTo(200);
        assertThat(orphans("alpha")).isEqualTo(200);
        assertThat(ledger.orphansTallied("alpha/" + Events.STAGE)).isEqualTo(200);
        assertThat(ledger.orphanStory(key("alpha", "r0"))).containsExactly("ORPHANED", "WITHDRAWAL");
        assertThat(ledger.orphanStory(key("alpha", "r200"))).containsExactly("ORPHANED", "RECOVERY");
        assertThat(ledger.dispositions().get(key("alpha", "r200")).getMarks())
                .as("what has recovered is not UNKNOWN any more")
                .noneMatch(OrphanMark::getUnknown);
        assertThat(ledger.orphanStory(key("alpha", "r300"))).containsExactly("ORPHANED", "UPDATED");
        assertThat(ledger.withdrawals()).as("what was UNKNOWN misled nobody").isZero();
    }

    @Test
    void shouldConfirmOnlyAfterTheGraceWhenItIsHeardAgainWithEventsOfNow() {
        // Given
        report(SOURCES, HISTORY.plusMinutes(5));
        await(ledger.now().plus(Duration.ofMinutes(30)));
        report(List.of("beta", "gamma"), Duration.ofMinutes(60));

        // When
        report(SOURCES, Duration.ofMinutes(10));
        long early = orphans("alpha");
        report(SOURCES, Duration.ofMinutes(3));

        // Then
        assertThat(early).isZero();
        assertThat(orphans("alpha")).isEqualTo(AWAITING);
        assertThat(warnings("alpha", true)).isZero();
    }

    @Test
    void shouldPageNothingWhenOneInstanceReportsNowAndTheSpoolOfAnotherIsStillToCome() {
        // Given
        report(SOURCES, HISTORY.plusMinutes(5));
        Instant stoppedAt = ledger.now();
        await(stoppedAt.plus(Duration.ofMinutes(30)));
        report(List.of("beta", "gamma"), Duration.ofMinutes(60));

        // When one live event is followed by the spool, first by an event for one partition
        ledger.send(deferred("live").source("alpha").at(ledger.now()));
        report(List.of("beta", "gamma"), Duration.ofMinutes(6));
        ledger.send(completed("r0").source("alpha").at(stoppedAt.plus(Duration.ofMinutes(20))));
        report(List.of("beta", "gamma"), Duration.ofMinutes(8));
        long before = orphans("alpha");
        for (int record = 1; record < AWAITING; record++) {
            ledger.send(completed("r" + record).source("alpha").at(stoppedAt.plus(Duration.ofMinutes(20))));
        }
        report(SOURCES, Duration.ofMinutes(5));

        // Then
        assertThat(before).as("the delay is known in every partition").isZero();
        assertThat(warnings("alpha", true)).isZero();
        assertThat(orphans("alpha")).isZero();
        assertThat(ledger.orphanStory(key("alpha", "r1"))).containsExactly("ORPHANED", "WITHDRAWAL");
    }

    @Test
    void shouldRemindOfNoWarningThatIsUnknown() {
        // Given
        ledger.close();
        Policy policy = Settings.anything("all", Duration.ofMinutes(10), Duration.ZERO);
        ledger = PartitionedHarness.of(
                Settings.of(settings).policies(Settings.repeating(policy, Duration.ofMinutes(5))));
        report(SOURCES, HISTORY.plusMinutes(5));
        await(ledger.now().plus(Duration.ofMinutes(30)));

        // When
        report(List.of("beta", "gamma"), Duration.ofMinutes(60));

        // Then
        assertThat(ledger.orphanStory(key("alpha", "r1"))).containsExactly("ORPHANED");
        assertThat(ledger.orphanStory(key("beta", "r1"))).contains("REMINDER");
    }

    @Test
    void shouldKeepASilentScopeStaleWhoseFailureWasReported() {
        // Given
        report(SOURCES, HISTORY.plusMinutes(5));
        ledger.send(
                Events.declared("2026").source("alpha").kind(SubjectKind.SCOPE).at(ledger.now()));
        Instant failed = ledger.now().plusSeconds(20);
        ledger.send(
                Events.failed("2026").source("alpha").kind(SubjectKind.SCOPE).at(failed));
        String stale = "stale_scope/alpha/" + Events.STAGE;

        // When
        report(List.of("beta", "gamma"), Duration.ofMinutes(3));
        AlertStatus before = ledger.alerts().get(stale).getStatus();
        report(List.of("beta", "gamma"), Duration.ofMinutes(30));
        AlertStatus ofTheSource = status("alpha");
        AlertStatus whileSilent = ledger.alerts().get(stale).getStatus();
        ledger.send(
                Events.opened("2026").source("alpha").kind(SubjectKind.SCOPE).at(ledger.now()));
        ledger.send(
                Events.completed("2026").source("alpha").kind(SubjectKind.SCOPE).at(ledger.now()));
        report(SOURCES, Duration.ofMinutes(3));

        // Then
        assertThat(before).isEqualTo(AlertStatus.FIRING);
        assertThat(ofTheSource).isEqualTo(AlertStatus.FIRING);
        assertThat(whileSilent).isEqualTo(AlertStatus.FIRING);
        assertThat(ledger.alerts().get(stale).getStatus()).isEqualTo(AlertStatus.RESOLVED);
    }

    @Test
    void shouldTakeBackWhatCountedBeforeTheSilenceWasKnown() {
        // Given
        report(SOURCES, HISTORY.plusMinutes(5));
        await(ledger.now().plus(Duration.ofMinutes(5)));
        report(List.of("beta", "gamma"), Duration.ofMinutes(10));
        long counted = orphans("alpha");

        // When
        report(List.of("beta", "gamma"), Duration.ofMinutes(20));

        // Then
        assertThat(counted).isEqualTo(AWAITING);
        assertThat(orphans("alpha")).isZero();
        assertThat(warnings("alpha", true)).isEqualTo(AWAITING);
        assertThat(ledger.orphanStory(key("alpha", "r1"))).containsExactly("ORPHANED", "UPDATED");
    }

    @Test
    void shouldLeaveAWarningAsItIsWhoseTimeHadComeBeforeTheSourceWasLastHeard() {
        // Given
        report(SOURCES, HISTORY);
        Instant lastHeard = ledger.now();
        ledger.send(deferred("before").source("alpha").at(lastHeard).dueAt(lastHeard));
        ledger.send(deferred("after").source("alpha").at(lastHeard).dueAt(lastHeard.plusMillis(1)));

        // When
        report(List.of("beta"), Duration.ofMinutes(40));

        // Then
        assertThat(ledger.orphans().get(key("alpha", "before")).getUnknown()).isFalse();
        assertThat(ledger.orphans().get(key("alpha", "after")).getUnknown()).isTrue();
        assertThat(orphans("alpha")).isEqualTo(1);
    }

    @Test
    void shouldGoOnAfterARestartInTheMiddle() {
        // Given
        report(SOURCES, HISTORY.plusMinutes(5));
        await(ledger.now().plus(Duration.ofMinutes(30)));
        report(List.of("beta", "gamma"), Duration.ofMinutes(60));

        // When
        ledger.restartAll();
        report(List.of("beta", "gamma"), Duration.ofMinutes(5));
        long unknown = warnings("alpha", true);
        ledger.send(deferred("again").source("alpha").at(ledger.now()));
        ledger.restartAll();
        report(SOURCES, Duration.ofMinutes(15));

        // Then
        assertThat(unknown).isEqualTo(AWAITING);
        assertThat(warnings("alpha", true)).isZero();
        assertThat(orphans("alpha")).isEqualTo(AWAITING);
    }

    @Test
    void shouldNotTakeItForAliveThatPersonsAndOthersReportAboutItsSubjects() {
        // Given
        report(SOURCES, HISTORY.plusMinutes(5));
        await(ledger.now().plus(Duration.ofMinutes(30)));
        report(List.of("beta", "gamma"), Duration.ofMinutes(60));

        // When
        Instant longAgo = ledger.now().minus(Duration.ofHours(7));
        ledger.send(Events.cancelled("r1").source("alpha").at(ledger.now()));
        ledger.send(Events.annotated("r2").source("alpha").at(ledger.now()));
        ledger.send(Events.expected("n1").source("alpha").at(ledger.now()));
        ledger.send(Events.erased("r3").source("alpha").at(ledger.now()));
        ledger.send(deferred("replayed").source("alpha").at(longAgo));
        report(List.of("beta", "gamma"), Duration.ofMinutes(5));

        // Then
        assertThat(status("alpha")).isEqualTo(AlertStatus.FIRING);
        assertThat(warnings("alpha", true)).isEqualTo(AWAITING - 2);
    }

    @Test
    void shouldNotMissASourceOfWhichAnOldLogWasReplayed() {
        // Given
        Instant old = LedgerHarness.START.minus(Duration.ofDays(3_000));
        for (int minute = 0; minute < 90; minute++) {
            ledger.send(deferred("o" + minute).source("replay").at(old.plusSeconds(60L * minute)));
            ledger.send(completed("o" + minute).source("replay").at(old.plusSeconds(60L * minute + 1)));
            ledger.bothReach(ledger.now().plusSeconds(60));
        }

        // When
        report(List.of("beta"), Duration.ofHours(3));

        // Then
        assertThat(status("replay")).isNull();
    }

    @Test
    void shouldShowInTheDispositionThatAMarkIsUnknown() {
        // Given
        report(SOURCES, HISTORY.plusMinutes(5));
        await(ledger.now().plus(Duration.ofMinutes(30)));

        // When
        report(List.of("beta", "gamma"), Duration.ofMinutes(40));

        // Then
        OrphanWarning warning = ledger.orphans().get(key("alpha", "r1"));
        assertThat(warning.getUnknown()).isTrue();
        assertThat(ledger.dispositions()
                        .get(key("alpha", "r1"))
                        .getMarks()
                        .get(0)
                        .getUnknown())
                .isTrue();
    }
}
