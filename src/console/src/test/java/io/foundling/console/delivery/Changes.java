package io.foundling.console.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes changes of alerts. */
public final class Changes {

    public static final String KEY = "orphaned/university/declaration";
    public static final Map<String, String> LABELS = labels("warning");

    private Changes() {}

    public static Map<String, String> labels(String severity) {
        return Map.of(
                "alertname", "FoundlingOrphaned", "severity", severity, "source", "university", "stage", "declaration");
    }

    /** Fires since the start of the fake clock. */
    public static Notification firing(long version, long count) {
        return firing(KEY, version, count, FakeClock.START);
    }

    public static Notification firing(String key, long version, long count, Instant startsAt) {
        return change(key, version, count, LABELS, startsAt, Optional.empty());
    }

    public static Notification labelled(long version, Map<String, String> labels) {
        return change(KEY, version, 1, labels, FakeClock.START, Optional.empty());
    }

    /** An alert with labels of its own, so that receivers know it from others. */
    public static Notification firingAlone(String key, long version, Instant startsAt) {
        return change(
                key, version, 1, Map.of("alertname", "FoundlingOrphaned", "stage", key), startsAt, Optional.empty());
    }

    public static Notification resolved(long version, Instant endsAt) {
        return resolved(KEY, version, FakeClock.START, endsAt);
    }

    public static Notification resolved(String key, long version, Instant startsAt, Instant endsAt) {
        return change(key, version, 0, LABELS, startsAt, Optional.of(endsAt));
    }

    public static Notification resolved(long version, Map<String, String> labels, Instant endsAt) {
        return change(KEY, version, 0, labels, FakeClock.START, Optional.of(endsAt));
    }

    private static Notification change(
            String key,
            long version,
            long count,
            Map<String, String> labels,
            Instant startsAt,
            Optional<Instant> endsAt) {
        return new Notification(
                key,
                version,
                key + '#' + version,
                new Notification.Found(count, count == 0 ? List.of() : List.of("record/university/declaration/4711")),
                labels,
                Map.of("summary", count + " orphans"),
                startsAt,
                endsAt);
    }
}
