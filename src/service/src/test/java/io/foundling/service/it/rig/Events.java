package io.foundling.service.it.rig;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.utils.Utils;

/** Audit events of one source and stage, which differ only in what a test states. */
public final class Events {

    public static final String SOURCE = "university";
    public static final String STAGE = "declaration";

    private Events() {}

    public static AuditEvent deferred(String id, Instant occurredAt, Instant dueAt) {
        return event(id, occurredAt, new Deferred(milliseconds(dueAt), null)).build();
    }

    /** A promise that the policy of the service, if any, gives its deadline. */
    public static AuditEvent deferred(String id, Instant occurredAt) {
        return event(id, occurredAt, new Deferred(null, null)).build();
    }

    public static AuditEvent completed(String id, Instant occurredAt) {
        return event(id, occurredAt, new Completed(null, null, Map.of())).build();
    }

    public static AuditEvent.Builder event(String id, Instant occurredAt, Object body) {
        return AuditEvent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setSubject(subject(id))
                .setOccurredAt(milliseconds(occurredAt))
                .setProducer(new Producer("feed", "feed-1", "1", 0L))
                .setBody(body);
    }

    public static Subject subject(String id) {
        return new Subject(SubjectKind.RECORD, SOURCE, STAGE, id);
    }

    public static String key(String id) {
        return SubjectKey.of(subject(id));
    }

    /** Where the default partitioner of the Java client puts a key. */
    public static int partition(String id, int partitions) {
        return Utils.toPositive(Utils.murmur2(key(id).getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** The first of {@code prefix0}, {@code prefix1} … that belongs to a partition. */
    public static String idIn(int partition, int partitions, String prefix) {
        int suffix = 0;
        while (partition(prefix + suffix, partitions) != partition) {
            suffix++;
        }
        return prefix + suffix;
    }

    private static Instant milliseconds(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
