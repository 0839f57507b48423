package io.foundling.topology.ledger;

import io.foundling.audit.Closure;
import io.foundling.schemas.ParentKinds;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.ClosureVersion;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.Texts;
import io.foundling.topology.names.Headers;
import io.foundling.topology.parent.Settlements;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.silence.HeardNote;
import io.foundling.topology.silence.Silences;
import io.foundling.topology.store.LedgerEntry;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.TaskClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one record of audit.closures: a closure, or a note from another task: that its partition holds members of a
 * parent of this one, a question or an answer about closures (rule P18), or which sources it has heard (rule T26). A
 * closure that cannot be one of this ledger is a dead letter (rule P5).
 */
final class ClosureReading {

    private static final Logger LOG = LoggerFactory.getLogger(ClosureReading.class);
    private static final int ONE_DAY_SECONDS = 86_400;

    private final LedgerSettings settings;
    private final TaskClock clock;
    private final Deserializer<Closure> deserializer;
    private final SubjectPath path;
    private final Settlements settlements;
    private final Silences silences;
    private final DeadLetters deadLetters;
    private final LedgerListener listener;

    ClosureReading(
            LedgerSettings settings,
            TaskClock clock,
            Deserializer<Closure> deserializer,
            SubjectPath path,
            Settlements settlements,
            Silences silences,
            DeadLetters deadLetters,
            LedgerListener listener) {
        this.settings = settings;
        this.clock = clock;
        this.deserializer = deserializer;
        this.path = path;
        this.settlements = settlements;
        this.silences = silences;
        this.deadLetters = deadLetters;
        this.listener = listener;
    }

    void read(Record<byte[], byte[]> record, RecordMetadata position) {
        try {
            if (record.value() == null) {
                readNote(record);
            } else {
                readClosure(record, position);
            }
        } catch (RulesFailure failure) {
            deadLetters.add(record, position, failure);
        }
    }

    private void readClosure(Record<byte[], byte[]> record, RecordMetadata position) {
        try {
            Closure closure = deserializer.deserialize(position.topic(), record.headers(), record.value());
            Optional<String> problem = problem(closure, record.key());
            if (problem.isPresent()) {
                deadLetters.add(record, position, DeadLetterReason.UNREADABLE_VALUE, problem.get());
            } else {
                RulesFailure.guard(() -> settlements.read(closure));
                listener.closureRead();
            }
        } catch (SerializationException unreadable) {
            deadLetters.add(record, position, DeadLetterReason.of(unreadable), unreadable.getMessage());
        }
    }

    /** Only the ledger itself writes closures, but anybody can write to a topic. */
    private Optional<String> problem(Closure closure, byte[] key) {
        String parentKey = SubjectKey.of(closure.getParent());
        if (key == null || !parentKey.equals(new String(key, StandardCharsets.UTF_8))) {
            return Optional.of("the closure of " + Texts.truncate(parentKey, SubjectRules.MAX_KEY_BYTES)
                    + " has another key; expected the parent's");
        } else if (!EventTranslation.canBeParent(closure.getParent())) {
            return Optional.of("the closure of " + Texts.truncate(parentKey, SubjectRules.MAX_KEY_BYTES)
                    + " names no possible parent; expected a valid subject of kind " + ParentKinds.NAMES);
        } else if (closure.getAttempt() < 1 || closure.getVersion() < 1 || closure.getVersion() > newestVersion()) {
            return Optional.of("the closure has attempt " + closure.getAttempt() + " and version "
                    + closure.getVersion() + "; expected an attempt from 1 and the second of its sending since 2000");
        } else if (closure.getPartitions() != settings.topics().partitions()) {
            return Optional.of("the closure was sent to " + closure.getPartitions() + " partitions; expected "
                    + settings.topics().partitions() + ", as the sources have");
        }
        return Optional.empty();
    }

    /** A version far ahead would make every later closure look old. */
    private long newestVersion() {
        return ClosureVersion.at(clock.wallMs()) + ONE_DAY_SECONDS;
    }

    /** Ignores a note that is not valid: anybody can write to a topic. */
    private void readNote(Record<byte[], byte[]> record) {
        readMembers(record, Headers.NAMED_BY, true);
        readMembers(record, Headers.RELEASED_BY, false);
        if (partition(record, Headers.ASKED_BY).isPresent()) {
            settlements.asked();
        }
        OptionalInt sentBy = partition(record, Headers.SENT_BY);
        OptionalLong sentThroughMs = number(record, Headers.SENT_THROUGH);
        if (sentBy.isPresent() && sentThroughMs.isPresent()) {
            settlements.answered(sentBy.getAsInt(), sentThroughMs.getAsLong());
        }
        OptionalInt heardBy = partition(record, Headers.HEARD_BY);
        if (heardBy.isPresent()) {
            HeardNote note = new HeardNote(heardBy.getAsInt(), heard(record), watched(record));
            RulesFailure.guard(() -> silences.read(note));
        }
    }

    private static List<HeardNote.Line> heard(Record<byte[], byte[]> record) {
        List<HeardNote.Line> lines = new ArrayList<>();
        int unreadable = 0;
        for (Header header : record.headers().headers(Headers.HEARD)) {
            Optional<HeardNote.Line> line = Optional.ofNullable(header.value())
                    .flatMap(text -> HeardNote.Line.parse(new String(text, StandardCharsets.UTF_8)));
            line.ifPresent(lines::add);
            unreadable += line.isEmpty() ? 1 : 0;
        }
        if (unreadable > 0) {
            LOG.warn(
                    "{} lines about sources that were heard cannot be read and are left out; expected what a ledger task"
                            + " writes to the topic of closures",
                    unreadable);
        }
        return lines;
    }

    private static Optional<HeardNote.Watched> watched(Record<byte[], byte[]> record) {
        OptionalLong throughMs = number(record, Headers.HEARD_THROUGH);
        OptionalLong sinceMs = number(record, Headers.HEARD_SINCE);
        return throughMs.isPresent() && sinceMs.isPresent()
                ? Optional.of(new HeardNote.Watched(throughMs.getAsLong(), sinceMs.getAsLong()))
                : Optional.empty();
    }

    private void readMembers(Record<byte[], byte[]> record, String header, boolean named) {
        OptionalInt by = partition(record, header);
        if (by.isEmpty() || record.key() == null) {
            return;
        }
        String parentKey = new String(record.key(), StandardCharsets.UTF_8);
        // Earlier versions let a RECORD be a parent. What is left of that must still be released.
        boolean canBe = isSubjectKey(parentKey) && (!named || ParentKinds.includeKindOf(parentKey));
        if (canBe) {
            LedgerEntry entry = path.load(parentKey);
            RulesFailure.guard(() -> {
                PlacedDisposition parent = path.placed(parentKey, entry);
                parent.closings();
                settlements.named(parentKey, by.getAsInt(), named, parent);
            });
        }
    }

    private OptionalInt partition(Record<byte[], byte[]> record, String header) {
        OptionalLong number = number(record, header);
        return number.isPresent() && number.getAsLong() < settings.topics().partitions()
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    private static OptionalLong number(Record<byte[], byte[]> record, String header) {
        Header found = record.headers().lastHeader(header);
        if (found == null || found.value() == null) {
            return OptionalLong.empty();
        }
        String text = new String(found.value(), StandardCharsets.UTF_8);
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Whether a text is the key of a subject. */
    static boolean isSubjectKey(String key) {
        try {
            return SubjectKey.of(SubjectKey.parse(key)).equals(key);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
