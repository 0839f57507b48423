package io.foundling.topology.alert;

import io.foundling.audit.AlertStatus;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.task.OutgoingRecords;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.Header;

/**
 * The headers of audit.alerts: CloudEvents 1.0 in the binary mode of its Kafka protocol binding, so that a router need
 * not decode the value. A tombstone has none. Names and types are a contract.
 */
public final class CloudEvents {

    public static final String SPEC_VERSION = "ce_specversion";

    /** The alert's key, a hash, the number of the change; the same if a change is published again. */
    public static final String ID = "ce_id";

    /** {@code /foundling/} and the application id. */
    public static final String SOURCE = "ce_source";

    /**
     * {@link #TYPE_PREFIX} and the status in lower case: {@code io.foundling.audit.alert.firing} or {@code .resolved}.
     */
    public static final String TYPE = "ce_type";

    /** When it was published (RFC 3339). */
    public static final String TIME = "ce_time";

    /** The alert's key. */
    public static final String SUBJECT = "ce_subject";

    public static final String CONTENT_TYPE = "content-type";

    public static final String TYPE_PREFIX = "io.foundling.audit.alert.";
    public static final String AVRO = "application/avro";

    private CloudEvents() {}

    static List<Header> headers(String application, String key, AlertStatus status, long sequence, long nowMs) {
        return List.of(
                OutgoingRecords.header(SPEC_VERSION, "1.0"),
                OutgoingRecords.header(ID, key + '#' + sequence),
                OutgoingRecords.header(SOURCE, "/foundling/" + SubjectKey.encode(application)),
                OutgoingRecords.header(TYPE, TYPE_PREFIX + status.name().toLowerCase(Locale.ROOT)),
                OutgoingRecords.header(TIME, Instant.ofEpochMilli(nowMs).toString()),
                OutgoingRecords.header(SUBJECT, key),
                OutgoingRecords.header(CONTENT_TYPE, AVRO));
    }
}
