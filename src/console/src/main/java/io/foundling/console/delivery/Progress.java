package io.foundling.console.delivery;

import io.foundling.audit.DeliveryResult;
import java.time.Instant;
import java.util.Map;

/**
 * The newest change of an alert that a receiver is done with.
 *
 * @param key the alert's key
 * @param version number of the change
 * @param id of the delivery
 * @param firing whether the alert fires, or the receiver takes it for firing because it refused the end
 * @param labels as the receiver has them; none if it refused the alert so far
 * @param startsAt since when the alert fires, or fired
 */
public record Progress(
        String key,
        long version,
        String id,
        boolean firing,
        Map<String, String> labels,
        Instant startsAt,
        Outcome outcome) {

    /**
     * How it ended.
     *
     * @param attempts how often it was sent
     * @param answer what the receiver said last
     * @param at when that was
     */
    public record Outcome(DeliveryResult result, int attempts, String answer, Instant at) {}

    public Progress {
        labels = Map.copyOf(labels);
    }

    /** Returns this progress with another end. */
    public Progress with(Outcome other) {
        return new Progress(key, version, id, firing, labels, startsAt, other);
    }

    /** Returns the labels under which the alert fires at the receiver; empty if it does not fire there. */
    public Map<String, String> firingLabels() {
        return firing ? labels : Map.of();
    }

    /** Returns the progress if the receiver still has, and takes for firing, what it had before; empty if that is nothing. */
    public Progress keeping(Map<String, String> firingLabels) {
        return new Progress(key, version, id, firing || !firingLabels.isEmpty(), firingLabels, startsAt, outcome);
    }

    /** Returns the progress once a receiver is done with a change. */
    public static Progress of(Notification done, Outcome outcome) {
        return new Progress(
                done.key(), done.version(), done.id(), done.isFiring(), done.labels(), done.startsAt(), outcome);
    }
}
