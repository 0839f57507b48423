package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.audit.Violation;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountCodec;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Finding;
import io.foundling.topology.lifecycle.Mark;
import io.foundling.topology.lifecycle.Notice;
import io.foundling.topology.lifecycle.SubjectState;
import io.foundling.topology.lifecycle.Texts;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What the ledger is about to publish. Everything is encoded and its size checked before the store is written; then it is
 * sent, stamped with the wall time of writing. Under exactly-once a value that the broker refuses could never be
 * skipped, so none may be too large.
 */
final class Outbox {

    /** Below the broker's default limit of 1 MiB for a batch. */
    static final int MAX_VALUE_BYTES = 1_000_000;

    /** Below the limit of the dead-letter topic, with room for headers and a key. */
    static final int MAX_DEAD_LETTER_BYTES = 2_000_000;

    /** A message may quote what was read. */
    static final int MAX_MESSAGE_BYTES = 4_096;

    private final ProcessorContext<byte[], byte[]> context;
    private final Serializer<SpecificRecord> serializer;
    private final DroppedEvents dropped;
    private final AccountCodec accounts = new AccountCodec();
    private final List<Letter> letters = new ArrayList<>();

    private record Letter(String node, byte[] key, byte[] value, List<Header> headers) {}

    Outbox(ProcessorContext<byte[], byte[]> context, Serializer<SpecificRecord> serializer, DroppedEvents dropped) {
        this.dropped = dropped;
        this.context = context;
        this.serializer = serializer;
    }

    /** Adds what a decision publishes about a subject. */
    void add(String subjectKey, Decision decision) {
        byte[] key = subjectKey.getBytes(StandardCharsets.UTF_8);
        if (decision.publishes()) {
            byte[] value = encode(TopicNames.DISPOSITIONS, Published.disposition(subjectKey, decision.state()));
            letters.add(new Letter(Nodes.DISPOSITIONS, key, value, List.of()));
        }
        if (decision.removes()) {
            letters.add(new Letter(Nodes.DISPOSITIONS, key, null, List.of()));
        }
        boolean takenBack = false;
        for (Notice notice : decision.notices()) {
            takenBack = addNotice(subjectKey, key, decision.state(), notice);
        }
        if (takenBack) {
            addStanding(subjectKey, key, decision.state());
        }
    }

    /** Adds a notice and says whether it takes a warning back. */
    private boolean addNotice(String subjectKey, byte[] key, SubjectState state, Notice notice) {
        Mark mark = notice.mark();
        boolean takesBack = notice.kind() == Notice.Kind.RECOVERED || notice.kind() == Notice.Kind.WITHDRAWN;
        byte[] value = takesBack ? null : warning(subjectKey, state, mark);
        letters.add(new Letter(Nodes.ORPHANS, key, value, markHeaders(notice.kind(), mark)));
        return takesBack;
    }

    /** A tombstone for one mark must not hide the warning that stands for another. */
    private void addStanding(String subjectKey, byte[] key, SubjectState state) {
        Optional<Mark> standing = state.marks().stream().filter(Mark::stands).findFirst();
        standing.ifPresent(mark -> letters.add(new Letter(
                Nodes.ORPHANS, key, warning(subjectKey, state, mark), markHeaders(Notice.Kind.UPDATED, mark))));
    }

    private byte[] warning(String subjectKey, SubjectState state, Mark mark) {
        boolean incomplete = dropped.isIncompleteFor(subjectKey, context.currentSystemTimeMs());
        return encode(TopicNames.ORPHANS, Published.warning(subjectKey, state, mark, incomplete));
    }

    private static List<Header> markHeaders(Notice.Kind kind, Mark mark) {
        String change = switch (kind) {
            case TOLD -> "ORPHANED";
            case UPDATED -> "UPDATED";
            case RECOVERED -> "RECOVERY";
            case WITHDRAWN -> "WITHDRAWAL";
        };
        return List.of(
                text(Headers.CHANGE, change),
                text(Headers.ATTEMPT, Integer.toString(mark.attempt())),
                text(Headers.STATUS, mark.status().name()));
    }

    /** Adds the violations of an event. */
    void add(AuditEvent event, List<Finding> findings, RecordMetadata position) {
        for (Finding finding : findings) {
            Violation violation = Published.violation(event, finding, position);
            byte[] key = SubjectKey.of(violation.getSubject()).getBytes(StandardCharsets.UTF_8);
            letters.add(new Letter(Nodes.VIOLATIONS, key, encode(TopicNames.VIOLATIONS, violation), List.of()));
        }
    }

    /** Adds a closure, of which every partition gets a copy. */
    void add(Closure closure) {
        byte[] key = SubjectKey.of(closure.getParent()).getBytes(StandardCharsets.UTF_8);
        letters.add(new Letter(Nodes.CLOSURES, key, encode(TopicNames.CLOSURES, closure), List.of()));
    }

    /** Adds a note to the partition of a parent: whether a partition holds members of it. */
    void addNote(String parentKey, int partition, boolean named) {
        letters.add(new Letter(
                Nodes.PARENT_NOTES,
                parentKey.getBytes(StandardCharsets.UTF_8),
                null,
                List.of(text(named ? Headers.NAMED_BY : Headers.RELEASED_BY, Integer.toString(partition)))));
    }

    /** Adds the account of a group. */
    void add(Account account) {
        byte[] key = account.group().getBytes(StandardCharsets.UTF_8);
        letters.add(new Letter(Nodes.ACCOUNTS_SENT, key, accounts.encode(account), List.of()));
    }

    /** Adds a record as it was received, with the reason why it could not be processed. */
    void addDeadLetter(
            Record<byte[], byte[]> received, RecordMetadata position, DeadLetterReason reason, String message) {
        List<Header> headers = new ArrayList<>(Arrays.asList(received.headers().toArray()));
        byte[] key = received.key();
        byte[] value = received.value();
        int size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length) + sizeOf(headers);
        if (size > MAX_DEAD_LETTER_BYTES) {
            headers.clear();
            headers.add(text(Headers.TRUNCATED, Integer.toString(value == null ? 0 : value.length)));
            key = key == null ? null : Arrays.copyOf(key, Math.min(key.length, Intake.MAX_KEY_BYTES));
            value = value == null ? null : Arrays.copyOf(value, Math.min(value.length, MAX_DEAD_LETTER_BYTES / 2));
        }
        headers.add(text(Headers.REASON, reason.name()));
        headers.add(text(Headers.MESSAGE, Texts.truncate(String.valueOf(message), MAX_MESSAGE_BYTES)));
        headers.add(text(Headers.TOPIC, position.topic()));
        headers.add(text(Headers.PARTITION, Integer.toString(position.partition())));
        headers.add(text(Headers.OFFSET, Long.toString(position.offset())));
        letters.add(new Letter(Nodes.DEAD_LETTERS, key, value, headers));
    }

    private static int sizeOf(List<Header> headers) {
        return headers.stream()
                .mapToInt(header -> header.key().length() + (header.value() == null ? 0 : header.value().length))
                .sum();
    }

    /** Sends everything and is empty again. */
    void send() {
        for (Letter letter : letters) {
            context.forward(
                    new Record<>(
                            letter.key(),
                            letter.value(),
                            context.currentSystemTimeMs(),
                            new RecordHeaders(letter.headers())),
                    letter.node());
        }
        letters.clear();
    }

    private byte[] encode(String topic, SpecificRecord value) {
        byte[] bytes = serializer.serialize(topic, value);
        if (bytes.length > MAX_VALUE_BYTES) {
            throw new IllegalStateException("a value for " + topic + " has " + bytes.length
                    + " bytes although all its parts are bounded; expected at most " + MAX_VALUE_BYTES);
        }
        return bytes;
    }

    private static Header text(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
