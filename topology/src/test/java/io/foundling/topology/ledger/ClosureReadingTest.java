package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Closure;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.ClosureVersion;
import io.foundling.topology.harness.DeadLetter;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.StoredKeys;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.parent.ParentStore;
import io.foundling.topology.parent.Parenthood;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.TombstoneStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody writes to audit.closures, the task goes on. Proves rules L2, P1 and P5. */
final class ClosureReadingTest {

    private static final Subject BATCH = new Subject(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, "b1");
    private static final int NOW = ClosureVersion.at(START.toEpochMilli());

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));

    @AfterEach
    void shouldStillWarnOfOthers() {
        ledger.send(deferred("r1").parent("b1").dueAt(START.plus(1, HOURS)));
        ledger.bothReach(START.plus(2, HOURS));
        ledger.bothReach(START.plus(2, HOURS).plusSeconds(5));
        assertThat(ledger.orphans()).containsOnlyKeys(Events.key("r1"));
        ledger.close();
    }

    private static Closure closure(Subject parent, int attempt, int version, int partitions, Instant closedAt) {
        return Closure.newBuilder()
                .setParent(parent)
                .setAttempt(attempt)
                .setOutcome(Status.COMPLETED)
                .setClosedAt(closedAt)
                .setVersion(version)
                .setPartitions(partitions)
                .build();
    }

    private void send(byte[] key, byte[] value, Headers headers) {
        ledger.sendBytes(TopicNames.CLOSURES, key, value, headers, ledger.now());
    }

    private void send(String key, Closure closure) {
        send(key.getBytes(UTF_8), ledger.encode(closure), new RecordHeaders());
    }

    @Test
    void shouldPutAsideWhatIsNoClosure() {
        // When
        send("batch/s/t/1".getBytes(UTF_8), new byte[] {1, 2, 3}, new RecordHeaders());
        send("batch/s/t/1".getBytes(UTF_8), new byte[0], new RecordHeaders());
        send("batch/s/t/1".getBytes(UTF_8), ledger.encode(Events.completed("r9").build()), new RecordHeaders());

        // Then
        assertThat(ledger.deadLetters()).hasSize(3);
    }

    @Test
    void shouldPutAsideAClosureThatCannotBeOurs() {
        // Given
        String key = SubjectKey.of(BATCH);
        Subject nobody = new Subject(SubjectKind.BATCH, " ", "", "");
        Subject record = new Subject(SubjectKind.RECORD, "s", "t", "r1");
        List<Closure> impossible = List.of(
                closure(BATCH, 0, NOW, 1, START),
                closure(BATCH, 1, 0, 1, START),
                closure(BATCH, 1, Integer.MAX_VALUE, 1, START),
                closure(BATCH, 1, NOW, 6, START));

        // When
        impossible.forEach(closure -> send(key, closure));
        send("batch/other/key/1", closure(BATCH, 1, NOW, 1, START));
        send(SubjectKey.of(nobody), closure(nobody, 1, NOW, 1, START));
        send(SubjectKey.of(record), closure(record, 1, NOW, 1, START));
        send(null, ledger.encode(closure(BATCH, 1, NOW, 1, START)), new RecordHeaders());

        // Then
        assertThat(ledger.deadLetters()).hasSize(8);
        assertThat(ledger.store().contents().keySet()).noneMatch(stored -> stored.get()[0] == 0x40);
    }

    @Test
    void shouldChangeNothingWhenAClosureIsNotNewer() {
        // Given
        send(SubjectKey.of(BATCH), closure(BATCH, 1, NOW, 1, START));
        ledger.sweep();
        Map<Bytes, Bytes> before = stored();

        // When
        send(SubjectKey.of(BATCH), closure(BATCH, 1, NOW, 1, START.plusSeconds(1)));
        send(SubjectKey.of(BATCH), closure(BATCH, 1, NOW - 1, 1, START.plusSeconds(2)));

        // Then
        assertThat(before).isNotEmpty();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void shouldPutAsideAClosureWhoseVersionIsMoreThanADayAhead() {
        // When
        send(SubjectKey.of(BATCH), closure(BATCH, 1, NOW + 86_400, 1, START));
        send(SubjectKey.of(BATCH), closure(BATCH, 2, NOW + 86_401, 1, START));

        // Then
        assertThat(ledger.deadLetters()).hasSize(1);
    }

    @Test
    void shouldPutAsideAClosureOnWhichTheRulesFail() {
        // Given
        Subject damaged = new Subject(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, "b2");
        ledger.store().failAt(StoredKeys.parent("b2"));
        ledger.sweep();
        Map<Bytes, Bytes> before = stored();

        // When
        send(SubjectKey.of(damaged), closure(damaged, 1, NOW, 1, START));

        // Then
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly("PROCESSING_FAILED");
        assertThat(stored()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NAMED_BY", "RELEASED_BY"})
    void shouldPutAsideANoteOnWhichTheRulesFail(String note) {
        // Given
        String parentKey = "export/s/t/1";
        ledger.store().failAt(StoredKeys.parenthood(parentKey));
        ledger.sweep();
        Map<Bytes, Bytes> before = stored();
        String header = note.equals("NAMED_BY")
                ? io.foundling.topology.names.Headers.NAMED_BY
                : io.foundling.topology.names.Headers.RELEASED_BY;

        // When
        sendNote(parentKey, header);

        // Then
        assertThat(ledger.deadLetters()).extracting(DeadLetter::reason).containsExactly("PROCESSING_FAILED");
        assertThat(stored()).isEqualTo(before);
    }

    /** Earlier versions let a RECORD be a parent, and stored and sent notes about it. */
    @Test
    void shouldSendNothingOfARecordThatAnEarlierVersionKnowsAsAParent() {
        // Given
        Bytes kept = StoredKeys.parenthood(Events.key("r5"));
        TombstoneStore earlier = new TombstoneStore();
        new ParentStore(earlier).save(Events.key("r5"), Parenthood.NONE.named(0, true));
        ledger.store().overwrite(kept, earlier.get(kept));

        // When
        ledger.send(Events.completed("r5"));
        Bytes withoutClosings = stored().get(kept);
        sendNote(Events.key("r5"), io.foundling.topology.names.Headers.RELEASED_BY);
        sendNote(Events.key("r5"), io.foundling.topology.names.Headers.NAMED_BY);

        // Then
        assertThat(withoutClosings).isEqualTo(Bytes.wrap(earlier.get(kept)));
        assertThat(stored()).doesNotContainKey(kept);
        assertThat(ledger.deadLetters()).isEmpty();
    }

    private void sendNote(String parentKey, String header) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(header, "0".getBytes(UTF_8));
        send(parentKey.getBytes(UTF_8), null, headers);
    }

    private Map<Bytes, Bytes> stored() {
        return ledger.store().contents().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> Bytes.wrap(each.getValue())));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 1})
    void shouldSurviveAbsurdTimes(long closedAtMs) {
        // When
        send(SubjectKey.of(BATCH), closure(BATCH, 1, NOW, 1, Instant.ofEpochMilli(closedAtMs)));
        ledger.bothReach(START.plusSeconds(120));

        // Then
        assertThat(ledger.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1", "99999999999", "x", "٣"})
    void shouldLeaveANoteAloneThatIsNone(String partition) {
        // Given
        RecordHeaders headers = new RecordHeaders();
        headers.add(io.foundling.topology.names.Headers.NAMED_BY, partition.getBytes(UTF_8));
        headers.add(io.foundling.topology.names.Headers.RELEASED_BY, null);
        headers.add(io.foundling.topology.names.Headers.ASKED_BY, partition.getBytes(UTF_8));
        headers.add(io.foundling.topology.names.Headers.SENT_BY, partition.getBytes(UTF_8));
        headers.add(io.foundling.topology.names.Headers.SENT_THROUGH, "-".getBytes(UTF_8));

        // When
        send("export/s/t/1".getBytes(UTF_8), null, headers);
        send("no key".getBytes(UTF_8), null, headers);
        send(null, null, headers);

        // Then
        assertThat(ledger.deadLetters()).isEmpty();
        assertThat(ledger.store().contents().keySet()).noneMatch(stored -> stored.get()[0] == 0x42);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%d 0 %d 9223372036854775807 1 alpha",
                "%d 0 1000000000000000 1 1 alpha",
                "%d 0 -9223372036854775808 1 1 alpha",
                "%d -9223372036854775808 %d 1 1 alpha",
                "%d 9223372036854775807 %d 1099511627776 1 alpha",
                "%d 0 %d 1 fffffffffffffff alpha",
                "9223372036854775807 0 0 1 1 alpha",
                "rubbish"
            })
    void shouldGoOnWhateverANoteSaysWasHeard(String line) {
        // Given
        String text = String.format(line, START.toEpochMilli(), START.toEpochMilli() / 3_600_000);
        Headers headers = new RecordHeaders();
        headers.add(io.foundling.topology.names.Headers.HEARD_BY, "0".getBytes(UTF_8));
        headers.add(io.foundling.topology.names.Headers.HEARD, text.getBytes(UTF_8));
        headers.add(io.foundling.topology.names.Headers.HEARD_THROUGH, "999999999999999999".getBytes(UTF_8));
        headers.add(io.foundling.topology.names.Headers.HEARD_SINCE, "0".getBytes(UTF_8));

        // When
        send(null, null, headers);
        send(null, null, headers);

        // Then
        assertThat(ledger.deadLetters()).isEmpty();
    }
}
