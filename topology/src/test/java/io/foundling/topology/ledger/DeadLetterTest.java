package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.erased;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Disposition;
import io.foundling.topology.harness.DeadLetter;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.StoredKeys;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.EventResult;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What cannot be read or processed is kept as a dead letter. Whatever is read between two good events, they are kept and
 * nothing throws. Proves rules L2 and B5.
 */
final class DeadLetterTest {

    private static final byte[] KEY = Events.key("r1").getBytes(UTF_8);
    private static final int MEGABYTE = 1_000_000;

    @RegisterExtension
    private final GoodEvents good = new GoodEvents();

    private final LedgerHarness ledger = good.ledger();

    @Test
    void shouldKeepANullValueAsDeadLetter() {
        // When
        ledger.sendBytes(KEY, null);

        // Then
        expectDeadLetter("EMPTY_VALUE");
    }

    @Test
    void shouldKeepBytesWithoutSchemaIdAsDeadLetter() {
        // When
        ledger.sendBytes(KEY, "{\"kind\":\"RECORD\"}".getBytes(UTF_8));

        // Then
        expectDeadLetter("NOT_AVRO_MESSAGE");
        assertThat(ledger.deadLetters().get(0).value())
                .hasValueSatisfying(value -> assertThat(value).asString(UTF_8).isEqualTo("{\"kind\":\"RECORD\"}"));
    }

    @Test
    void shouldKeepAnEmptyValueAsDeadLetter() {
        // When
        ledger.sendBytes(KEY, new byte[0]);

        // Then
        expectDeadLetter("NOT_AVRO_MESSAGE");
    }

    @Test
    void shouldKeepATruncatedMessageAsDeadLetter() {
        // Given
        byte[] whole = ledger.encode(deferred("r1").build());

        // When
        ledger.sendBytes(KEY, Arrays.copyOf(whole, whole.length - 3));

        // Then
        expectDeadLetter("UNREADABLE_VALUE");
    }

    @Test
    void shouldKeepAMessageWithUnknownSchemaIdAsDeadLetter() {
        // Given
        byte[] message = ledger.encode(deferred("r1").build());
        ByteBuffer.wrap(message).putInt(1, 4_711);

        // When
        ledger.sendBytes(KEY, message);

        // Then
        expectDeadLetter("UNKNOWN_SCHEMA_ID");
    }

    @Test
    void shouldKeepAMessageOfAnotherSchemaAsDeadLetter() {
        // Given
        Disposition disposition = ledger.disposition("good");

        // When
        ledger.sendBytes(KEY, ledger.encode(disposition));

        // Then
        expectDeadLetter("WRONG_SCHEMA");
    }

    @Test
    void shouldKeepAnEventAsDeadLetterWhenTheRulesFailOnIt() {
        // Given
        Map<Bytes, Bytes> before = failingParent();

        // When
        ledger.send(deferred("r1").parent("b1").dropped(3));

        // Then
        expectDeadLetter("PROCESSING_FAILED");
        assertThat(ledger.dispositions()).containsOnlyKeys(Events.key("good"));
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void shouldKeepAnErasedAsDeadLetterWhenTheRulesFailOnIt() {
        // Given
        ledger.send(deferred("r1").parent("b1"));
        // The parent is read from the store again, not from memory.
        ledger.restart();
        Map<Bytes, Bytes> before = failingParent();

        // When
        ledger.send(erased("r1").at(ledger.now()).dropped(3));

        // Then
        expectDeadLetterAt(0, "PROCESSING_FAILED");
        assertThat(ledger.dispositions()).containsKey(Events.key("r1"));
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void shouldKeepAnEventOfAnErasedSubjectAsDeadLetterWhenTheRulesFailOnIt() {
        // Given
        ledger.send(erased("r1").at(ledger.now()));
        Map<Bytes, Bytes> before = failingParent();

        // When
        ledger.send(deferred("r1").parent("b1").dropped(3));

        // Then
        expectDeadLetterAt(2, "PROCESSING_FAILED");
        assertThat(stored()).isEqualTo(before);
    }

    private Map<Bytes, Bytes> failingParent() {
        ledger.store().failAt(StoredKeys.parent("b1"));
        return stored();
    }

    private Map<Bytes, Bytes> stored() {
        return ledger.store().contents().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> Bytes.wrap(each.getValue())));
    }

    @Test
    void shouldKeepHeadersAndNameThePositionWhenARecordIsADeadLetter() {
        // Given
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", "00-1".getBytes(UTF_8));

        // When
        ledger.sendBytes("audit.events", KEY, new byte[] {9}, headers, ledger.now());

        // Then
        DeadLetter letter = ledger.deadLetters().get(0);
        assertThat(letter.position()).isEqualTo("audit.events-0@1");
        assertThat(letter.headers()).containsEntry("traceparent", "00-1");
        assertThat(letter.key()).hasValue(KEY);
    }

    @Test
    void shouldKeepARecordWithoutKeyAsDeadLetter() {
        // When
        ledger.sendBytes(null, ledger.encode(deferred("r1").build()));

        // Then
        expectDeadLetter("WRONG_PARTITION");
        assertThat(ledger.deadLetters().get(0).message()).contains("null", "record/university/declaration/r1");
    }

    @Test
    void shouldKeepARecordUnderAnotherSubjectsKeyAsDeadLetter() {
        // When
        ledger.sendBytes(
                Events.key("r2").getBytes(UTF_8), ledger.encode(deferred("r1").build()));

        // Then
        expectDeadLetter("WRONG_PARTITION");
    }

    @Test
    void shouldKeepARecordInTheWrongPartitionAsDeadLetter() {
        LedgerSettings six = LedgerSettings.defaults("audit.events", 6);
        try (LedgerHarness first = LedgerHarness.of(six)) {
            // When
            for (int i = 0; i < 60; i++) {
                first.send(deferred("r" + i));
            }

            // Then
            assertThat(first.dispositions()).hasSizeBetween(3, 25);
            assertThat(first.deadLetters()).hasSize(60 - first.dispositions().size());
            assertThat(first.deadLetters()).allSatisfy(letter -> {
                assertThat(letter.reason()).isEqualTo("WRONG_PARTITION");
                assertThat(letter.message()).contains("partitioner=murmur2_random");
            });
        }
    }

    @Test
    void shouldKeepADeadLetterSmallWhenTheMisplacedSubjectHasALongId() {
        // When
        ledger.sendBytes(KEY, ledger.encode(deferred("ł".repeat(450_000)).build()));

        // Then
        expectDeadLetter("WRONG_PARTITION");
    }

    @Test
    void shouldKeepADeadLetterSmallWhenTheKeyIsHuge() {
        // When
        ledger.sendBytes(new byte[MEGABYTE], ledger.encode(deferred("r1").build()));

        // Then
        expectDeadLetter("WRONG_PARTITION");
    }

    @Test
    void shouldKeepAPoisonValueOfAlmostAMebibyteWhole() {
        // Given
        byte[] poison = new byte[(1 << 20) - 100];
        Arrays.fill(poison, (byte) 7);

        // When
        ledger.sendBytes(KEY, poison);

        // Then
        expectDeadLetter("NOT_AVRO_MESSAGE");
        assertThat(ledger.deadLetters().get(0).value()).hasValue(poison);
    }

    @Test
    void shouldCutAValueThatIsLargerThanADeadLetterMayBe() {
        // When
        ledger.sendBytes(KEY, new byte[3 * MEGABYTE]);

        // Then
        expectDeadLetter("UNKNOWN_SCHEMA_ID");
        assertThat(ledger.deadLetters().get(0).headers()).containsEntry("foundling.truncated", "3000000");
        assertThat(ledger.deadLetters().get(0).value())
                .hasValueSatisfying(value -> assertThat(value).hasSize(MEGABYTE));
    }

    private void expectDeadLetter(String reason) {
        expectDeadLetterAt(1, reason);
    }

    private void expectDeadLetterAt(long offset, String reason) {
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly(reason);
        assertThat(ledger.deadLetters().get(0).position()).isEqualTo("audit.events-0@" + offset);
        assertThat(ledger.listener().deadLetters(reason)).isEqualTo(1);
        assertThat(ledger.listener().results()).last().isEqualTo(EventResult.DEAD_LETTER);
    }
}
