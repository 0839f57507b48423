package io.foundling.client.internal.event;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import java.util.List;
import java.util.Map;

/**
 * Estimates how much memory an event takes, well enough to bound a queue: a fixed part, plus the texts that callers can
 * make long. No I/O, no garbage; it runs on the calling thread for every event.
 */
public final class EventSize {

    private static final int FIXED = 256;
    private static final int ENTRY = 48;

    private EventSize() {}

    /** Returns the estimate in bytes. */
    public static int of(AuditEvent event) {
        long size = FIXED
                + of(event.getSubject())
                + of(event.getDetail())
                + of(event.getTraceparent())
                + of(event.getProducer());
        if (event.getParent() != null) {
            size += of(event.getParent());
        }
        return (int) Math.min(
                size + of(event.getMetadata()) + BodyTypes.of(event.getBody()).textSize(event.getBody()),
                Integer.MAX_VALUE);
    }

    private static long of(Subject subject) {
        return of(subject.getSource()) + of(subject.getStage()) + of(subject.getId());
    }

    private static long of(Producer producer) {
        return producer == null
                ? 0
                : of(producer.getService()) + of(producer.getInstance()) + of(producer.getVersion());
    }

    static long of(List<String> texts) {
        long size = 0;
        for (String text : texts) {
            size += of(text);
        }
        return size;
    }

    static long of(Map<String, ?> map) {
        if (map.isEmpty()) {
            return 0;
        }
        long size = 0;
        for (Map.Entry<String, ?> entry : map.entrySet()) {
            size += ENTRY + of(entry.getKey()) + (entry.getValue() instanceof String text ? of(text) : Long.BYTES);
        }
        return size;
    }

    /** Counts one byte for each character; a text that is not Latin takes two. */
    static long of(String text) {
        return text == null ? 0 : text.length();
    }
}
