package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.annotated;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.ClockReport;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a task reports about its clock and its sources. Proves rule T24. */
final class ClockReportsTest {

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));

    @AfterEach
    void close() {
        ledger.close();
    }

    private ClockReport ofTask() {
        return ledger.clockReports().get("0_0/");
    }

    private ClockReport of(String source) {
        return ledger.clockReports().get("0_0/" + source);
    }

    @Test
    void shouldReportTheClockOfTheTaskEveryTenSeconds() {
        // Given
        ledger.wallReaches(START.plusSeconds(10));
        ClockReport unset = ofTask();

        // When
        ledger.bothReach(START.plusSeconds(19));
        ClockReport early = ofTask();
        ledger.bothReach(START.plusSeconds(20));

        // Then
        assertThat(unset.getClock()).isNull();
        assertThat(early).isEqualTo(unset);
        assertThat(ofTask().getClock()).isEqualTo(START.plusSeconds(15));
        assertThat(ofTask().getReportedAt()).isEqualTo(START.plusSeconds(20));
        assertThat(ledger.clockReports()).hasSize(1);
    }

    @Test
    void shouldReportHowManyEventsOfASourceComeAndHowLate() {
        // Given
        ledger.send(deferred("r1").source("a b").at(START.minus(5, MINUTES)));
        ledger.send(deferred("r2").source("a b").at(START.minus(5, MINUTES)));
        ledger.send(deferred("r3").source("c"));

        // When
        ledger.bothReach(START.plusSeconds(10));

        // Then
        assertThat(of("a%20b").getSource()).isEqualTo("a b");
        assertThat(of("a%20b").getRate()).isEqualTo(12);
        assertThat(of("a%20b").getDelay()).isEqualTo(300_000);
        assertThat(of("c").getDelay()).isZero();
        assertThat(of("c").getRate()).isEqualTo(6);
        assertThat(ofTask().getRate()).isEqualTo(18);
    }

    @Test
    void shouldCountTheSubjectsThatWaitForTheDelay() {
        // Given
        ledger.send(deferred("r1").source("a").at(START.minus(5, MINUTES)).dueAt(START.minus(4, MINUTES)));
        ledger.send(deferred("r2").source("a").at(START.minus(5, MINUTES)).dueAt(START));
        ledger.bothReach(START.plusSeconds(10));
        long both = of("a").getHeld();

        // When
        ledger.send(completed("r2").source("a").at(START.minus(4, MINUTES)));
        ledger.bothReach(START.plusSeconds(20));
        long one = of("a").getHeld();
        ledger.bothReach(START.plus(2, MINUTES));

        // Then
        assertThat(both).isEqualTo(2);
        assertThat(one).isEqualTo(1);
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 DEFERRED");
        assertThat(of("a").getHeld()).isZero();
        assertThat(ledger.listener().held()).isEqualTo(Map.of("a", 0L));
    }

    private boolean isReportedAfter(Events event) {
        ledger.send(event);
        ledger.bothReach(START.plusSeconds(10));
        return of("a") != null;
    }

    @Test
    void shouldTakeTheReportOfASourceBackWhenThereIsNothingToReport() {
        // Given
        boolean reported = isReportedAfter(deferred("r1").source("a"));

        // When
        ledger.bothReach(START.plusSeconds(20));

        // Then
        assertThat(reported).isTrue();
        assertThat(of("a")).isNull();
        assertThat(ofTask()).isNotNull();
    }

    @Test
    void shouldTakeTheReportBackAfterARestartWhenNoSubjectOfTheSourceHasAStatus() {
        // Given
        boolean reported = isReportedAfter(annotated("r1").source("a"));

        // When
        ledger.restart();
        ledger.bothReach(START.plusSeconds(21));

        // Then
        assertThat(reported).isTrue();
        assertThat(of("a")).isNull();
    }

    @Test
    void shouldTakeAReportBackOnce() {
        // Given
        ledger.send(deferred("r1").source("a"));
        ledger.bothReach(START.plusSeconds(10));
        ledger.bothReach(START.plusSeconds(20));

        // When
        int before = ledger.clockReportChanges().size();
        ledger.restart();
        ledger.bothReach(START.plusSeconds(31));

        // Then: the report of the task itself
        assertThat(ledger.clockReportChanges()).hasSize(before + 1);
    }

    @Test
    void shouldTakeTheReportBackWhenTheSourceIsSilentAfterARestart() {
        // Given
        boolean reported = isReportedAfter(deferred("r1").source("a"));

        // When
        ledger.restart();
        ledger.bothReach(START.plusSeconds(21));

        // Then
        assertThat(reported).isTrue();
        assertThat(of("a")).isNull();
    }
}
