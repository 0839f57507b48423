package io.foundling.console.delivery;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One change of an alert, as a receiver is sent it.
 *
 * @param key the alert's key
 * @param version number of the change; rises with each change of the alert
 * @param id the same whenever this change is sent
 * @param found how many the alert counts, and some of them
 * @param labels the alert's identity for receivers
 * @param endsAt none while it fires
 */
public record Notification(
        String key,
        long version,
        String id,
        Found found,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant startsAt,
        Optional<Instant> endsAt) {

    /** @param samples subject keys */
    public record Found(long count, List<String> samples) {

        public static final Found NOTHING = new Found(0, List.of());

        public Found {
            samples = List.copyOf(samples);
        }
    }

    public Notification {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** Returns what a record of audit.alerts says. */
    public static Notification of(String key, long version, Alert alert) {
        boolean isFiring = alert.getStatus() == AlertStatus.FIRING;
        return new Notification(
                key,
                version,
                key + '#' + version,
                new Found(alert.getCount(), alert.getSamples()),
                alert.getLabels(),
                alert.getAnnotations(),
                alert.getStartsAt(),
                isFiring
                        ? Optional.empty()
                        : Optional.of(alert.getEndsAt() == null ? alert.getStartsAt() : alert.getEndsAt()));
    }

    /** Returns the end of an alert that was removed while a receiver takes it for firing. */
    public static Notification removed(
            String key, long version, Map<String, String> labels, Instant startsAt, Instant now) {
        return new Notification(
                key,
                version,
                key + '#' + version + "/removed",
                Found.NOTHING,
                labels,
                Map.of("summary", "the alert was removed while it was firing; nobody watches it any more"),
                startsAt,
                Optional.of(now));
    }

    public boolean isFiring() {
        return endsAt.isEmpty();
    }

    /** Returns the kind of finding, such as {@code ORPHANED}: the first part of the key. */
    public String type() {
        return key.split("/", 2)[0].toUpperCase(Locale.ROOT);
    }
}
