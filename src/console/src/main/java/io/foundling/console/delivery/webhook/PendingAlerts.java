package io.foundling.console.delivery.webhook;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Progress;
import io.foundling.console.delivery.Worker;
import io.foundling.console.topics.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a receiver still has to be sent: for each alert its changes in order, and of all alerts the one that is due
 * first. One delivery is under way at a time. After a failure the receiver is left alone for a while, and the alert for
 * longer if it fails again, so that one that never succeeds holds up no other. Pure apart from its lock: the time is
 * given, that of a {@link io.foundling.console.delivery.SteadyClock} in milliseconds for what is due, that of the wall
 * clock for what is written and sent. Used by the reader of the topics and by the receiver's thread.
 */
final class PendingAlerts {

    private final Duration updateEvery;
    private final Map<String, AlertQueue> queues = new HashMap<>();
    private final TreeSet<Due> due =
            new TreeSet<>(Comparator.comparingLong(Due::atMs).thenComparing(Due::key));
    private final Map<String, Due> dueOf = new HashMap<>();
    private final Set<String> notSeenYet = new HashSet<>();
    private final Set<String> toErase = new HashSet<>();
    private boolean hasBegun;
    private long pausedUntilMs;
    private int failures;

    private record Due(long atMs, String key) {}

    /**
     * A delivery that is under way.
     *
     * @param last what the receiver has got of the alert so far
     * @param attempt how often it is sent now, from 1
     */
    record Delivery(Notification change, Optional<Progress> last, int attempt) {}

    PendingAlerts(Duration updateEvery) {
        this.updateEvery = updateEvery;
    }

    /** Restores what the receiver has got. */
    synchronized void restore(Progress progress, long nowMs) {
        queue(progress.key()).restore(progress, nowMs);
        notSeenYet.add(progress.key());
    }

    synchronized void changed(Notification change, long nowMs) {
        notSeenYet.remove(change.key());
        queue(change.key()).changed(change, nowMs);
        place(change.key());
    }

    /**
     * Takes in that an alert is gone.
     *
     * @return whether its progress must be erased now; before the beginning, {@link #prepare} returns that
     */
    synchronized boolean removed(String key, Instant now, long nowMs) {
        AlertQueue queue = queues.get(key);
        if (queue == null) {
            return false;
        }
        queue.removed(now, nowMs);
        place(key);
        return hasBegun && forgets(key);
    }

    /** An alert is there whose state cannot be read: what the receiver has got of it holds. */
    synchronized void unreadable(String key) {
        notSeenYet.remove(key);
    }

    /**
     * All that there is was handed over: alerts of which nothing is there any more are gone. A receiver that has not been
     * there before is not sent what is over, unless it has got the beginning.
     *
     * @return progress to be written, by alert key; none for an alert that can be forgotten
     */
    synchronized Map<String, Optional<Progress>> prepare(boolean first, Instant now, long nowMs) {
        notSeenYet.forEach(key -> removed(key, now, nowMs));
        Map<String, Optional<Progress>> written = new TreeMap<>();
        queues.forEach((key, queue) -> {
            boolean isSkipped = first && queue.last() == null && !queue.newest().isFiring();
            if (isSkipped) {
                queue.skip(Progress.of(queue.newest(), new Progress.Outcome(DeliveryResult.SKIPPED, 0, "", now)));
                place(key);
            }
            if (queue.isForgotten()) {
                written.put(key, Optional.empty());
            } else if (isSkipped) {
                written.put(key, Optional.of(queue.last()));
            }
        });
        queues.values().removeIf(AlertQueue::isForgotten);
        return written;
    }

    /** Deliveries may begin. */
    synchronized void begin() {
        hasBegun = true;
    }

    /** The progress of alerts that are gone is to be erased, before anything else is delivered. */
    synchronized void erase(Set<String> keys) {
        toErase.addAll(keys);
    }

    /** Takes the keys whose progress is to be erased. */
    synchronized Map<String, Optional<Progress>> takeErased() {
        Map<String, Optional<Progress>> erased = new TreeMap<>();
        toErase.forEach(key -> erased.put(key, Optional.empty()));
        toErase.clear();
        return erased;
    }

    /** Begins the delivery that is due first, if any is, and nothing is to be erased. */
    synchronized Optional<Delivery> next(long nowMs) {
        if (wakeMs() > nowMs || !toErase.isEmpty()) {
            return Optional.empty();
        }
        AlertQueue queue = queues.get(due.first().key());
        return Optional.of(new Delivery(queue.head(), Optional.ofNullable(queue.last()), queue.start()));
    }

    /** Returns when something is to be sent or erased; {@link Worker#NEVER} if nothing is pending. */
    synchronized long wakeMs() {
        if (!toErase.isEmpty()) {
            return 0;
        }
        return !hasBegun || due.isEmpty()
                ? Worker.NEVER
                : Math.max(pausedUntilMs, due.first().atMs());
    }

    /**
     * The receiver is done with a delivery.
     *
     * @return progress to be written; none if the alert can be forgotten
     */
    synchronized Optional<Progress> done(Delivery delivery, Progress.Outcome outcome, long nowMs) {
        failures = 0;
        String key = delivery.change().key();
        Progress progress = progress(delivery, outcome);
        AlertQueue queue = queues.get(key);
        queue.done(progress, nowMs);
        place(key);
        return forgets(key) ? Optional.empty() : Optional.of(progress);
    }

    /** A receiver that refuses new labels, or an end, still has the labels that were delivered: they have to end later. */
    private static Progress progress(Delivery delivery, Progress.Outcome outcome) {
        Progress progress = Progress.of(delivery.change(), outcome);
        return outcome.result() == DeliveryResult.REFUSED
                ? progress.keeping(delivery.last().map(Progress::firingLabels).orElse(Map.of()))
                : progress;
    }

    /** A delivery failed and is to be repeated. */
    synchronized void failed(Delivery delivery, Duration atLeast, long nowMs) {
        failures++;
        pausedUntilMs = nowMs + Math.max(Backoff.ms(failures), atLeast.toMillis());
        queues.get(delivery.change().key()).failed(nowMs + Backoff.ms(delivery.attempt()));
        place(delivery.change().key());
    }

    /** Returns for how long the oldest change has been due; 0 if nothing is. */
    synchronized long overdueMs(long nowMs) {
        return queues.values().stream()
                .mapToLong(queue -> nowMs - Math.min(nowMs, queue.overdueSinceMs()))
                .max()
                .orElse(0);
    }

    private AlertQueue queue(String key) {
        return queues.computeIfAbsent(key, ignored -> new AlertQueue(updateEvery));
    }

    private boolean forgets(String key) {
        boolean isForgotten = queues.get(key).isForgotten();
        if (isForgotten) {
            queues.remove(key);
        }
        return isForgotten;
    }

    /** Puts an alert to its place in the order of what is due. */
    private void place(String key) {
        Due before = dueOf.remove(key);
        if (before != null) {
            due.remove(before);
        }
        long atMs = queues.get(key).dueMs();
        if (atMs != Worker.NEVER) {
            Due after = new Due(atMs, key);
            due.add(after);
            dueOf.put(key, after);
        }
    }
}
