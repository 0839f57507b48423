package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.LedgerHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Expected;
import io.foundling.audit.Status;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Causes that are reported late, as those of a spool are. The expected source has no delay. Proves rule E3. */
final class LateCauseTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LAG = Duration.ofSeconds(5);
    private static final Duration REMEMBERED = Duration.ofDays(8);
    private static final String PARSED = "record/bank/parse/r1";
    private static final Expectation PARSE = new Expectation(
            "parse",
            Settings.expecting("parse", "extract", Status.COMPLETED, "parse", HOUR)
                    .after(),
            new Expectation.Expected(Optional.empty(), Optional.of("bank"), "parse", Expectation.Expected.ID),
            HOUR);

    private final LedgerHarness ledger =
            LedgerHarness.of(LedgerSettings.defaults("audit.events", 1).expecting(List.of(PARSE)));

    @AfterEach
    void close() {
        ledger.close();
    }

    /** Reads a cause that is appended at the start, some time after it happened. */
    private void extractedBefore(Duration lateness) {
        ledger.send(completed("r1").stage("extract").at(START.minus(lateness)), START);
    }

    private Instant dueAt(int sent) {
        AuditEvent expected = ledger.expectationChanges().get(sent).value().orElseThrow();
        return ((Expected) expected.getBody()).getDueAt();
    }

    @Test
    void shouldWarnOnlyOnceTheTimeHasPassedSinceTheCauseWasKnown() {
        // Given
        extractedBefore(Duration.ofHours(20));

        // When
        ledger.clockReaches(START.plus(HOUR));
        boolean early = ledger.orphans().containsKey(PARSED);
        ledger.clockReaches(START.plus(HOUR).plusMillis(1));

        // Then
        assertThat(early).isFalse();
        assertThat(dueAt(0)).isEqualTo(START.plus(HOUR));
        assertThat(ledger.orphans().get(PARSED).getStartsAt()).isEqualTo(START.plus(HOUR));
    }

    @Test
    void shouldNotWarnWhenTheAnswerComesFromASpoolToo() {
        // Given
        extractedBefore(Duration.ofHours(20));
        ledger.clockReaches(START.plusSeconds(60));

        // When
        ledger.send(completed("r1").source("bank").stage("parse").at(START.minus(Duration.ofHours(19))), START);
        ledger.clockReaches(START.plus(HOUR.multipliedBy(2)));

        // Then
        assertThat(ledger.orphanChanges()).isEmpty();
        assertThat(ledger.dispositions().get(PARSED).getStatus()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void shouldCountFromTheCauseWhenItIsAppendedWithinTheAllowedLag() {
        // When
        extractedBefore(LAG);

        // Then
        assertThat(dueAt(0)).isEqualTo(START.minus(LAG).plus(HOUR));
    }

    @Test
    void shouldCountFromTheAppendTimeWhenItIsLaterThanTheAllowedLag() {
        // When
        extractedBefore(LAG.plusMillis(1));

        // Then
        assertThat(dueAt(0)).isEqualTo(START.plus(HOUR));
    }

    @Test
    void shouldSendAnewWhenTheCauseTurnsOutToHaveBeenKnownAtAnotherTime() {
        // Given
        Instant at = START.minus(HOUR);
        ledger.send(completed("r1").stage("extract").at(at).eventId(new UUID(7, 2)), START);

        // When
        ledger.send(completed("r1").stage("extract").at(at).eventId(new UUID(7, 1)), at);

        // Then
        assertThat(ledger.expectationChanges()).hasSize(3);
        assertThat(ledger.expectationChanges().get(1).value()).isEmpty();
        assertThat(dueAt(2)).isEqualTo(at.plus(HOUR));
        assertThat(ledger.dispositions().get(PARSED).getDeadline().getAt()).isEqualTo(at.plus(HOUR));
    }

    @Test
    void shouldExpectAnAnswerThatCannotBeForgotten() {
        // When
        extractedBefore(REMEMBERED);

        // Then
        assertThat(ledger.dispositions().get(PARSED).getStatus()).isEqualTo(Status.EXPECTED);
    }

    @Test
    void shouldExpectNothingWhenTheAnswerMayBeForgotten() {
        // When
        extractedBefore(REMEMBERED.plusMillis(1));

        // Then
        assertThat(ledger.expectationChanges()).isEmpty();
    }
}
