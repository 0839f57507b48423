package io.foundling.console.delivery.webhook;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Progress;
import io.foundling.console.delivery.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What one alert still has to say to a receiver, in order. That it fires is said at once, that it ended too, however
 * short it was. That its count changed meanwhile is said every so often: the newest count replaces one that waits. What
 * was sent once, or is on its way, is repeated as it was.
 */
final class AlertQueue {

    /**
     * New labels are said sooner than a new count, and so is that an alert fires if the receiver refused that; but nobody
     * is called twice within a minute for one alert.
     */
    static final Duration NEWS_AFTER = Duration.ofMinutes(1);

    /** Of an alert that fires and ends again and again while a receiver is away, the newest changes are kept. */
    static final int MAX_WAITING = 100;

    private final long updateMs;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Progress last;
    private long lastAtMs;
    private long newestVersion = -1;
    private boolean isGone;

    /**
     * @param sinceMs when the change came, or the first that it replaces
     * @param attempts how often it was sent, counted from the moment when it is on its way
     * @param retryAtMs not before; after a failure
     */
    private record Waiting(Notification change, long sinceMs, int attempts, long retryAtMs) {}

    AlertQueue(Duration updateEvery) {
        updateMs = updateEvery.toMillis();
    }

    void restore(Progress progress, long nowMs) {
        last = progress;
        lastAtMs = Math.min(progress.outcome().at().toEpochMilli(), nowMs);
        newestVersion = progress.version();
    }

    /** Takes in a change, unless the receiver has got it. */
    void changed(Notification change, long nowMs) {
        if (change.version() <= newestVersion) {
            return;
        }
        newestVersion = change.version();
        isGone = false;
        add(change, nowMs);
    }

    /** The alert is gone; if the receiver takes it for firing, or will, that it ended is said. */
    void removed(Instant now, long nowMs) {
        isGone = true;
        if (waiting.isEmpty() && last != null && !last.firingLabels().isEmpty()) {
            add(Notification.removed(last.key(), last.version(), last.labels(), last.startsAt(), now), nowMs);
        } else if (!waiting.isEmpty() && newest().isFiring()) {
            Notification newest = newest();
            add(Notification.removed(newest.key(), newest.version(), newest.labels(), newest.startsAt(), now), nowMs);
        }
    }

    private void add(Notification change, long nowMs) {
        Waiting tail = waiting.peekLast();
        long sinceMs = nowMs;
        if (tail != null && isReplaced(tail, change)) {
            waiting.removeLast();
            sinceMs = change.isFiring() ? tail.sinceMs() : nowMs;
        }
        waiting.addLast(new Waiting(change, sinceMs, 0, 0));
        if (waiting.size() > MAX_WAITING) {
            dropOldestLife();
        }
    }

    /** A newer count replaces an older one; an end replaces a count, but not the beginning. */
    private boolean isReplaced(Waiting tail, Notification change) {
        return tail.attempts() == 0 && tail.change().isFiring() && (change.isFiring() || isCount(tail.change()));
    }

    /** Whether the receiver will know already, when the newest change is sent, that the alert fires. */
    private boolean isCount(Notification newest) {
        Iterator<Waiting> backwards = waiting.descendingIterator();
        backwards.next();
        return backwards.hasNext() ? backwards.next().change().isFiring() : isUpdate(newest);
    }

    /** Keeps the head, which may be on its way; what follows it is an end and a beginning, or the reverse. */
    private void dropOldestLife() {
        Iterator<Waiting> all = waiting.iterator();
        all.next();
        for (int i = 0; i < 2; i++) {
            all.next();
            all.remove();
        }
    }

    /** Whether the receiver knows already that the alert fires, and since when. */
    private boolean isUpdate(Notification change) {
        return wasSent(change) && last.outcome().result() == DeliveryResult.DELIVERED;
    }

    /** Whether the receiver was sent already that the alert fires, and since when; it may have refused it. */
    private boolean wasSent(Notification change) {
        return last != null
                && last.firing()
                && change.isFiring()
                && last.startsAt().equals(change.startsAt());
    }

    /** Whether the alert is gone, and the receiver has got all of it. */
    boolean isForgotten() {
        return isGone && waiting.isEmpty();
    }

    /** Returns what is to be sent next. */
    Notification head() {
        return waiting.getFirst().change();
    }

    /** Returns the state of the alert once everything was sent. */
    Notification newest() {
        return waiting.getLast().change();
    }

    /**
     * The next change is on its way: nothing replaces it any more.
     *
     * @return how often it is sent now, from 1
     */
    int start() {
        Waiting head = waiting.removeFirst();
        int attempt = head.attempts() + 1;
        waiting.addFirst(new Waiting(head.change(), head.sinceMs(), attempt, head.retryAtMs()));
        return attempt;
    }

    /** Returns what the receiver has got; null if nothing. */
    Progress last() {
        return last;
    }

    /** Returns when the next change is to be sent; {@link Worker#NEVER} if there is none. */
    long dueMs() {
        return waiting.isEmpty() ? Worker.NEVER : Math.max(waiting.getFirst().retryAtMs(), overdueSinceMs());
    }

    /** Returns since when the next change should have been delivered; {@link Worker#NEVER} if there is none. */
    long overdueSinceMs() {
        if (waiting.isEmpty()) {
            return Worker.NEVER;
        }
        Waiting head = waiting.getFirst();
        if (!wasSent(head.change())) {
            return head.sinceMs();
        }
        boolean isOnlyCount =
                isUpdate(head.change()) && last.labels().equals(head.change().labels());
        long afterMs = isOnlyCount ? updateMs : Math.min(updateMs, NEWS_AFTER.toMillis());
        return Math.max(head.sinceMs(), lastAtMs + afterMs);
    }

    /** The receiver is done with the next change. */
    void done(Progress progress, long nowMs) {
        last = progress;
        lastAtMs = nowMs;
        waiting.removeFirst();
    }

    /** The receiver is done with all changes. */
    void skip(Progress progress) {
        last = progress;
        waiting.clear();
    }

    /** The next change could not be delivered. */
    void failed(long retryAtMs) {
        Waiting head = waiting.removeFirst();
        waiting.addFirst(new Waiting(head.change(), head.sinceMs(), head.attempts(), retryAtMs));
    }
}
