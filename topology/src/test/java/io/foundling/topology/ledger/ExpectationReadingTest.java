package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Expected;
import io.foundling.audit.Status;
import io.foundling.topology.harness.DeadLetter;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.lifecycle.ExpectedId;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What is read from audit.expectations, whoever wrote it, and policies that change. Proves rules E4, E5, E6 and T21. */
final class ExpectationReadingTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String EXTRACTED = "record/university/extract/r1";
    private static final String PARSED = "record/university/parse/r1";
    private static final Expectation PARSE = Settings.expecting("parse", "extract", Status.COMPLETED, "parse", HOUR);
    private static final LedgerSettings WITHOUT = LedgerSettings.defaults("audit.events", 1);
    private static final LedgerSettings SETTINGS = WITHOUT.expecting(List.of(PARSE));

    private final LedgerHarness ledger = LedgerHarness.of(SETTINGS);

    @AfterEach
    void close() {
        ledger.close();
    }

    private static AuditEvent expected(UUID eventId, String promisedBy) {
        return expected(eventId, promisedBy, START);
    }

    private static AuditEvent expected(UUID eventId, String promisedBy, Instant at) {
        return Events.of("r1", new Expected(at.plus(HOUR), promisedBy, "parse"))
                .stage("parse")
                .at(at)
                .eventId(eventId)
                .build();
    }

    private static UUID id() {
        return ExpectedId.of("parse", EXTRACTED, START.toEpochMilli());
    }

    private void pipe(String key, byte[] value, RecordHeaders headers) {
        ledger.sendBytes(TopicNames.EXPECTATIONS, key.getBytes(UTF_8), value, headers, ledger.now());
    }

    private void pipe(AuditEvent event) {
        pipe(PARSED, ledger.encode(event), new RecordHeaders());
    }

    private void revoke(String text) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.REVOKES, text.getBytes(UTF_8));
        pipe(PARSED, null, headers);
    }

    private Status status() {
        return ledger.dispositions().containsKey(PARSED)
                ? ledger.dispositions().get(PARSED).getStatus()
                : Status.UNKNOWN;
    }

    @Test
    void shouldPutAsideWhatTheLedgerDidNotSend() {
        // When
        pipe(expected(new UUID(7, 7), EXTRACTED));
        pipe(expected(id(), "record/university/extract/r2"));
        pipe(expected(id(), null));
        pipe(completed("r1").stage("parse").at(START).build());
        pipe("record/university/parse/r2", ledger.encode(expected(id(), EXTRACTED)), new RecordHeaders());
        pipe(PARSED, new byte[] {1, 2, 3}, new RecordHeaders());

        // Then
        assertThat(ledger.deadLetters())
                .extracting(DeadLetter::reason)
                .containsExactly(
                        "UNREADABLE_VALUE",
                        "UNREADABLE_VALUE",
                        "UNREADABLE_VALUE",
                        "UNREADABLE_VALUE",
                        "WRONG_PARTITION",
                        "NOT_AVRO_MESSAGE");
        assertThat(ledger.dispositions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no id", "00000000-0000-0007-0000-000000000007"})
    void shouldIgnoreARecordThatRevokesNothing(String text) {
        // Given
        pipe(expected(id(), EXTRACTED));

        // When
        revoke(text);
        pipe(PARSED, null, new RecordHeaders());
        pipe("no key", null, new RecordHeaders());

        // Then
        assertThat(status()).isEqualTo(Status.EXPECTED);
        assertThat(ledger.deadLetters()).isEmpty();
    }

    @Test
    void shouldRevokeNothingThatTheExpectedSubjectReportedItself() {
        // Given
        UUID own = new UUID(7, 9);
        ledger.send(Events.expected("r1").stage("parse").eventId(own));

        // When
        revoke(own.toString());

        // Then
        assertThat(status()).isEqualTo(Status.EXPECTED);
    }

    @Test
    void shouldKeepTheFirstOfManyExpectedsAndGoOnWithTheNextWhenItIsRevoked() {
        // Given
        List<UUID> ids = new ArrayList<>();
        for (int run = 0; run < 70; run++) {
            Instant at = START.minus(HOUR.multipliedBy(2L * (70 - run)));
            ids.add(ExpectedId.of("parse", EXTRACTED, at.toEpochMilli()));
            pipe(expected(ids.get(run), EXTRACTED, at));
        }
        Instant first = ledger.dispositions().get(PARSED).getEnteredAt();

        // When
        revoke(ids.get(0).toString());

        // Then
        assertThat(first).isEqualTo(START.minus(HOUR.multipliedBy(140)));
        assertThat(status()).isEqualTo(Status.EXPECTED);
        assertThat(ledger.dispositions().get(PARSED).getEnteredAt()).isAfter(first);
    }

    @Test
    void shouldStayOverdueWhenTheNextRunExpectsTheSame() {
        // Given
        Instant first = START.minus(HOUR.multipliedBy(4));
        Instant next = START.minus(HOUR.multipliedBy(2));
        pipe(expected(ExpectedId.of("parse", EXTRACTED, first.toEpochMilli()), EXTRACTED, first));
        ledger.clockReaches(START.plusSeconds(1));

        // When
        pipe(expected(ExpectedId.of("parse", EXTRACTED, next.toEpochMilli()), EXTRACTED, next));
        ledger.clockReaches(START.plusSeconds(2));

        // Then
        assertThat(ledger.orphanStory()).containsExactly("r1 ORPHANED 1 EXPECTED");
        assertThat(ledger.orphans().get(PARSED).getStartsAt()).isEqualTo(first.plus(HOUR));
    }

    @Test
    void shouldNotCountAnExpectedAsOutOfStepWithItsSource() {
        // Given
        ledger.send(completed("r1").stage("parse").at(START.minusMillis(20)));

        // When
        pipe(expected(id(), EXTRACTED));

        // Then
        assertThat(status()).isEqualTo(Status.COMPLETED);
        assertThat(ledger.listener().outOfStep()).isEmpty();
    }

    @Test
    void shouldTakeALateExpectedForNoDelayOfItsSource() {
        // Given
        ledger.send(deferred("other").stage("parse").dueAt(START.plusSeconds(60)));
        ledger.wallReaches(START.plus(HOUR.multipliedBy(2)));

        // When
        pipe(expected(id(), EXTRACTED));
        ledger.clockReaches(START.plusSeconds(61));

        // Then
        assertThat(ledger.orphans()).containsKey("record/university/parse/other");
        assertThat(ledger.listener().delays()).isEmpty();
    }

    @Test
    void shouldLeaveOutAndCountWhatNoExpectationInForceExpects() {
        // Given
        ledger.restart(WITHOUT);

        // When
        pipe(expected(id(), EXTRACTED));

        // Then
        assertThat(status()).isEqualTo(Status.UNKNOWN);
        assertThat(ledger.listener().leftOut()).isOne();
    }

    @Test
    void shouldLogAgainWhatItLeavesOutWhenThePoliciesHaveChanged() {
        // Given
        Logger logger = (Logger) LoggerFactory.getLogger(ExpectationReading.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
        try {
            ledger.restart(WITHOUT);
            pipe(expected(id(), EXTRACTED));
            pipe(expected(id(), EXTRACTED));
            int before = log.list.size();

            // When
            ledger.reload(Settings.of(WITHOUT).policies(Settings.anything("all", HOUR, Duration.ZERO)));
            ledger.sweep();
            pipe(expected(id(), EXTRACTED));
            pipe(expected(id(), EXTRACTED));

            // Then
            assertThat(before).isOne();
            assertThat(log.list).hasSize(2);
            assertThat(ledger.listener().leftOut()).isEqualTo(4);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }

    @Test
    void shouldDropWhatIsExpectedWhenItsExpectationIsRemoved() {
        // Given
        ledger.send(completed("r1").stage("extract"));
        ledger.clockReaches(START.plus(HOUR).plusSeconds(1));

        // When
        ledger.restart(WITHOUT);
        ledger.clockReaches(START.plus(HOUR).plusSeconds(2));

        // Then
        assertThat(status()).isEqualTo(Status.UNKNOWN);
        assertThat(ledger.orphanStory()).endsWith("r1 WITHDRAWAL 1 EXPECTED -");
    }

    @Test
    void shouldLeaveASubjectThatHasMovedOnAsItIsWhenItsExpectationIsRemoved() {
        // Given
        ledger.send(completed("r1").stage("extract"));
        ledger.send(deferred("r1").stage("parse").at(START.plusSeconds(1)));

        // When
        ledger.restart(WITHOUT);
        ledger.clockReaches(START.plus(HOUR));

        // Then
        assertThat(ledger.dispositions().get(PARSED).getFirstOccurredAt()).isEqualTo(START);
    }

    @Test
    void shouldFollowAnotherTime() {
        // Given
        ledger.send(completed("r1").stage("extract"));

        // When
        ledger.restart(WITHOUT.expecting(
                List.of(Settings.expecting("parse", "extract", Status.COMPLETED, "parse", Duration.ofMinutes(10)))));
        ledger.clockReaches(START.plusSeconds(601));

        // Then
        Instant deadline = ledger.dispositions().get(PARSED).getDeadline().getAt();
        assertThat(deadline).isEqualTo(START.plusSeconds(600));
        assertThat(ledger.orphans()).containsOnlyKeys(PARSED);
    }

    @Test
    void shouldFollowAnotherTimeFromWhenTheCauseWasKnown() {
        // Given
        ledger.send(completed("r1").stage("extract").at(START.minus(HOUR)), START);

        // When
        ledger.restart(WITHOUT.expecting(
                List.of(Settings.expecting("parse", "extract", Status.COMPLETED, "parse", Duration.ofMinutes(10)))));
        ledger.clockReaches(START.plusSeconds(1));

        // Then
        assertThat(ledger.dispositions().get(PARSED).getDeadline().getAt()).isEqualTo(START.plusSeconds(600));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no time", "-9223372036854775808", "9223372036854775807"})
    void shouldCountFromTheCauseWhenTheRecordDoesNotSaySinceWhenItWasKnown(String text) {
        // Given
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.KNOWN_SINCE, text.getBytes(UTF_8));

        // When
        pipe(PARSED, ledger.encode(expected(id(), EXTRACTED)), headers);

        // Then
        assertThat(ledger.dispositions().get(PARSED).getDeadline().getAt()).isEqualTo(START.plus(HOUR));
    }

    @Test
    void shouldNotJudgeWhatWasLeftByAnotherTimeWhenTheExpectedIsReadAgain() {
        // Given
        pipe(expected(id(), EXTRACTED));
        ledger.send(deferred("r1").stage("parse").at(START.plusSeconds(200)), START.plusSeconds(200));

        // When
        ledger.restart(WITHOUT.expecting(
                List.of(Settings.expecting("parse", "extract", Status.COMPLETED, "parse", Duration.ofSeconds(100)))));
        pipe(expected(id(), EXTRACTED));
        ledger.clockReaches(START.plus(HOUR));

        // Then
        assertThat(ledger.orphanChanges()).isEmpty();
    }

    @Test
    void shouldExpectNothingAfterWhatWasReadBeforeTheExpectation() {
        // Given
        ledger.restart(WITHOUT);
        ledger.send(completed("r1").stage("extract"));

        // When
        ledger.restart(SETTINGS);
        ledger.clockReaches(START.plusSeconds(1));
        ledger.send(completed("r1").stage("extract"));

        // Then
        assertThat(ledger.expectationChanges()).isEmpty();
    }

    @Test
    void shouldRevokeWhatARebuildMadeAnew() {
        // Given
        ledger.send(completed("r1").stage("extract"));
        ledger.rebuild();

        // When
        ledger.send(Events.failed("r1").stage("extract").at(START.minusSeconds(1)));

        // Then
        assertThat(status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void shouldWarnAndSendNothingAnewAfterARebuild() {
        // Given
        ledger.send(completed("r1").stage("extract"));
        ledger.rebuild();

        // When
        ledger.send(completed("r1").stage("extract"));
        ledger.clockReaches(START.plus(HOUR).plusMillis(1));

        // Then
        assertThat(ledger.orphans()).containsOnlyKeys(PARSED);
        assertThat(ledger.expectationChanges()).hasSize(1);
    }
}
