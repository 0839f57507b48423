package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.extended;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Failed;
import io.foundling.audit.Pending;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.EventResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events that contradict the contract, and damaged ones. Whatever is read between two good events, they are kept and
 * nothing throws. Proves rules L2, L10, L13, L16, L18, T4, B1 and B4.
 */
final class BadInputTest {

    private static final LedgerSettings SETTINGS = LedgerSettings.defaults("audit.events", 1);
    private static final byte[] KEY = Events.key("r1").getBytes(UTF_8);
    private static final int MEGABYTE = 1_000_000;

    @RegisterExtension
    private final GoodEvents good = new GoodEvents();

    private final LedgerHarness ledger = good.ledger();

    @Test
    void shouldCountAnEventWithoutId() {
        // When
        ledger.send(deferred(""));
        ledger.sendBytes(null, ledger.encode(deferred("").number(2).build()));

        // Then
        assertThat(ledger.listener().withoutId()).isEqualTo(Map.of("university/declaration/Deferred", 2L));
        assertThat(ledger.violations()).extracting(Violation::getType).containsOnly(ViolationType.MISSING_ID);
        assertThat(ledger.violations()).extracting(Violation::getOffset).containsExactly(1L, 2L);
        assertThat(ledger.dispositions()).containsOnlyKeys(Events.key("good"));
    }

    @Test
    void shouldKnowHowManyEventsHadNoIdAfterARestart() {
        // Given
        ledger.send(deferred(""));
        ledger.send(deferred("").stage("enrolment"));
        ledger.listener().withoutId().clear();

        // When
        ledger.restart();

        // Then
        assertThat(ledger.listener().withoutId())
                .isEqualTo(Map.of("university/declaration/Deferred", 1L, "university/enrolment/Deferred", 1L));
    }

    @Test
    void shouldNotCountAnEventWithoutIdWhenItsSourceIsNoName() {
        // When
        ledger.send(deferred("").source("x".repeat(MEGABYTE)));
        ledger.send(deferred("").stage(" "));
        ledger.send(deferred("").source("a\0b"));

        // Then
        expectViolations(3, ViolationType.INVALID_SUBJECT);
        assertThat(ledger.listener().withoutId()).isEmpty();
        assertThat(ledger.store().contents().keySet())
                .allSatisfy(key -> assertThat(key.get()).hasSizeLessThan(2_048));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 10_001, Integer.MAX_VALUE})
    void shouldReportAnAttemptOutOfRange(int attempt) {
        // When
        ledger.send(deferred("r1").attempt(attempt));

        // Then
        expectViolations(1, ViolationType.ATTEMPT_OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 946_684_799_999L})
    void shouldReportATimeBefore2000(long occurredAtMs) {
        // When
        ledger.send(deferred("r1").at(Instant.ofEpochMilli(occurredAtMs)));

        // Then
        expectViolations(1, ViolationType.INVALID_TIMESTAMP);
    }

    @Test
    void shouldReplaceATimeInTheFarFuture() {
        // When
        ledger.send(deferred("r1").at(Instant.ofEpochMilli(Long.MAX_VALUE)));

        // Then
        assertThat(ledger.violations()).extracting(Violation::getType).containsExactly(ViolationType.FUTURE_TIMESTAMP);
        assertThat(ledger.disposition("r1").getEnteredAt()).isEqualTo(START);
    }

    @Test
    void shouldTakeTheTimeOfReadingWhenTheRecordHasNoTimestamp() {
        try (LedgerHarness other = LedgerHarness.of(Settings.of(SETTINGS).createTime())) {
            // When
            other.send(deferred("r1"), Instant.EPOCH);

            // Then
            assertThat(other.violations()).isEmpty();
            assertThat(other.disposition("r1").getEnteredAt()).isEqualTo(START);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "a\0b", "line\nbreak"})
    void shouldReportASourceThatIsNoName(String source) {
        // When
        ledger.send(deferred("r1").source(source));
        ledger.send(deferred("r1").stage(source));

        // Then
        expectViolations(2, ViolationType.INVALID_SUBJECT);
    }

    @Test
    void shouldReportAnUnknownKind() {
        // When
        ledger.send(deferred("r1").kind(SubjectKind.UNKNOWN));

        // Then
        expectViolations(1, ViolationType.INVALID_SUBJECT);
    }

    @Test
    void shouldReportAParentThatCannotBeOneAndKeepTheEvent() {
        // When
        ledger.send(deferred("r1").parent(new Subject(SubjectKind.UNKNOWN, "s", "t", "b")));
        ledger.send(deferred("r2").parent(new Subject(SubjectKind.BATCH, "s", "t", "x".repeat(MEGABYTE))));
        ledger.send(deferred("r3").parent(new Subject(SubjectKind.RECORD, Events.SOURCE, Events.STAGE, "r3")));

        // Then
        expectViolations(3, ViolationType.INVALID_SUBJECT);
        assertThat(ledger.dispositions()).hasSize(4);
        assertThat(ledger.disposition("r2").getParent()).isNull();
    }

    @Test
    void shouldReportAParentThatIsARecordAndKeepTheEvent() {
        // When
        ledger.send(deferred("r1").parent(new Subject(SubjectKind.RECORD, "s", "t", "r2")));
        for (SubjectKind kind : List.of(SubjectKind.EXPORT, SubjectKind.SCOPE, SubjectKind.OPERATION)) {
            ledger.send(deferred("of" + kind).parent(new Subject(kind, "s", "t", "1")));
        }

        // Then
        assertThat(ledger.violations())
                .extracting(Violation::getMessage)
                .containsExactly("the parent 'record/s/t/r2' cannot be one; expected another subject of kind BATCH,"
                        + " EXPORT, SCOPE or OPERATION, with source, stage and id, whose key is at most 1024 bytes; the"
                        + " event counts without it");
        assertThat(ledger.violations().get(0).getType()).isEqualTo(ViolationType.INVALID_SUBJECT);
        assertThat(ledger.disposition("r1").getParent()).isNull();
        assertThat(ledger.disposition("ofSCOPE").getParent().getKind()).isEqualTo(SubjectKind.SCOPE);
    }

    @Test
    void shouldKeepControlCharactersInAnId() {
        // Given
        String id = "a\0b\n\u202E/c";

        // When
        ledger.send(deferred(id));

        // Then
        assertThat(ledger.disposition(id).getSubject().getId()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ł", "/"})
    void shouldReportAnIdThatIsTooLong(String character) {
        // When
        ledger.send(deferred(character.repeat(400_000)));

        // Then
        expectViolations(1, ViolationType.INVALID_SUBJECT);
        assertThat(ledger.violations().get(0).getSubject().getId()).hasSizeLessThanOrEqualTo(1_024);
    }

    @Test
    void shouldCutAMegabyteOfMetadata() {
        // When
        ledger.send(deferred("r1").metadata("k", "v".repeat(MEGABYTE)).metadata("K".repeat(100_000), "v"));

        // Then
        assertThat(ledger.violations())
                .extracting(Violation::getType)
                .containsExactly(ViolationType.METADATA_TRUNCATED);
        assertThat(ledger.disposition("r1").getMetadata()).containsOnlyKeys("k");
        assertThat(ledger.disposition("r1").getMetadata().get("k")).hasSize(1_024);
    }

    @Test
    void shouldCutHugeTextsEverywhere() {
        // Given
        String huge = "ł".repeat(50_000);

        // When
        ledger.send(Events.of("r1", new Pending(START, START, 0L, huge, huge, START.plusSeconds(9), huge, 5L))
                .detail(huge));
        ledger.send(
                Events.of("r2", new Failed(huge, huge, true, Map.of(huge, 1L))).metadata(huge, huge));

        // Then
        assertThat(ledger.violations())
                .extracting(Violation::getType)
                .containsOnly(ViolationType.TEXT_TRUNCATED, ViolationType.METADATA_TRUNCATED);
        assertThat(ledger.disposition("r1").getExternalId()).hasSize(512);
        assertThat(ledger.disposition("r2").getStatus()).isEqualTo(Status.RETRYING);
    }

    @Test
    void shouldSurviveASubjectWithManyAttemptsOutOfRange() {
        // Given
        ledger.send(deferred("r1"));

        // When
        for (int i = 0; i < 200; i++) {
            ledger.send(deferred("r1").attempt(2_000 + i).at(START.plusMillis(i)));
        }

        // Then
        assertThat(ledger.disposition("r1").getStatus()).isEqualTo(Status.DEFERRED);
        assertThat(ledger.disposition("r1").getAttempt()).isEqualTo(1);
    }

    @Test
    void shouldSurviveASubjectWithManyAttemptsThatWereOnlyExtended() {
        // Given
        ledger.send(deferred("r1"));

        // When
        for (int i = 1; i <= 99; i++) {
            ledger.send(extended("r1", START.plusSeconds(60)).attempt(i).at(START.plusMillis(i)));
        }

        // Then
        assertThat(ledger.disposition("r1").getStatus()).isEqualTo(Status.DEFERRED);
    }

    @Test
    void shouldSurviveASubjectThatIsOnlyEverOutOfRange() {
        // When
        for (int i = 0; i < 200; i++) {
            ledger.send(deferred("r1").attempt(2_000 + i).at(START.plusMillis(i)));
        }

        // Then
        assertThat(ledger.dispositions()).containsOnlyKeys(Events.key("good"));
        assertThat(ledger.deadLetters()).isEmpty();
    }

    @Test
    void shouldDealWithRandomBytes() {
        // Given
        long seed = 20_260_105L;
        Random random = new Random(seed);

        // When
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            send(noise, i, seed);
        }

        // Then
        assertThat(ledger.deadLetters()).hasSize(5_000);
    }

    @Test
    void shouldDealWithDamagedEvents() {
        // Given
        long seed = 20_260_106L;
        Random random = new Random(seed);
        byte[][] whole = {
            ledger.encode(
                    deferred("r1").dueAt(START).parent("b1").metadata("k", "v").build()),
            ledger.encode(Events.pending("r1").attempt(3).detail("d").build()),
            ledger.encode(Events.failed("r1").build())
        };

        // When
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = whole[i % whole.length].clone();
            for (int hits = random.nextInt(3) + 1; hits > 0; hits--) {
                damaged[5 + random.nextInt(damaged.length - 5)] = (byte) random.nextInt(256);
            }
            send(damaged, i, seed);
        }

        // Then
        assertThat(ledger.listener().results())
                .hasSize(5_001)
                .contains(EventResult.APPLIED, EventResult.DUPLICATE, EventResult.VIOLATION, EventResult.DEAD_LETTER);
    }

    private void send(byte[] value, int round, long seed) {
        try {
            ledger.sendBytes(KEY, value);
        } catch (RuntimeException failure) {
            throw new AssertionError("seed " + seed + ", round " + round, failure);
        }
    }

    private void expectViolations(int count, ViolationType type) {
        assertThat(ledger.violations())
                .hasSize(count)
                .extracting(Violation::getType)
                .containsOnly(type);
        assertThat(ledger.violations().get(0).getOffset()).isEqualTo(1);
        assertThat(ledger.violations().get(0).getMessage()).hasSizeBetween(10, 4_096);
        assertThat(ledger.listener().violations(type)).isEqualTo(count);
    }
}
