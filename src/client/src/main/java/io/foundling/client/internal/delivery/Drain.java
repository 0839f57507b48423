package io.foundling.client.internal.delivery;

import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.LossReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the queue to the sink, in order and one at a time, on its own daemon thread or, without one, on the
 * thread that flushes.
 *
 * <p>While events come, the thread sleeps for the drain interval between rounds and wakes by itself, so that a call
 * need not wake it and the events of an interval leave together. After a second without events the thread sleeps until
 * it is woken or the sink has something to do. A call wakes it, which costs some microseconds, only then, or if the
 * event is urgent or the queue half full.
 */
final class Drain implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);
    private static final int WORKING = 0;
    private static final int NAPPING = 1;
    private static final int ASLEEP = 2;
    private static final long AWAKE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long ROUND_PAUSE_NANOS = Duration.ofMillis(10).toNanos();
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final EventQueue queue;
    private final Sink sink;
    private final DeliveryCounts counts;
    private final long intervalNanos;
    private final AtomicInteger state = new AtomicInteger(WORKING);
    private final ReentrantLock draining = new ReentrantLock();
    private final Thread thread = new Thread(null, this, "audit-recorder", 0, false);
    private volatile Hand hand = new Hand(List.of());
    private volatile boolean abandoned;
    private volatile boolean tried;
    private volatile long firstTryNanos;
    private volatile long triedNanos;

    Drain(EventQueue queue, Sink sink, DeliveryCounts counts, Duration interval) {
        this.queue = queue;
        this.sink = sink;
        this.counts = counts;
        this.intervalNanos = interval.toNanos();
        thread.setDaemon(true);
    }

    /**
     * Returns for how long events can have left the queue: since the first one was handed over, which makes the
     * producer and looks up brokers and registry. Zero while that goes on and has not taken longer than this.
     */
    long readyNanos(long mostNanos) {
        long now = System.nanoTime();
        if (tried) {
            return now - triedNanos;
        }
        return hand.first() != null && now - firstTryNanos < mostNanos ? 0 : Long.MAX_VALUE;
    }

    void start() {
        thread.start();
    }

    boolean isOwnThread() {
        return Thread.currentThread() == thread || sink.isOwnThread();
    }

    /**
     * Called after an event was put into the queue. No event is overlooked: the caller first adds the event and then
     * reads the state; the thread first writes the state and then looks into the queue.
     */
    void wake(boolean atOnce) {
        int now = state.get();
        if ((now == ASLEEP || now == NAPPING && (atOnce || queue.isHalfFull())) && state.compareAndSet(now, WORKING)) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        try {
            work();
        } finally {
            loseTheRest();
        }
    }

    /** Wakes the thread even from a pause between tries, because a caller waits. */
    void hurry() {
        LockSupport.unpark(thread);
    }

    /**
     * Drains on the calling thread, for recorders without a thread: at least one round, then until the queue is empty
     * or the time is over. Does nothing if the calling thread is draining already, as in a callback of a ticket. Loses
     * what this round took from the queue if the recorder was closed meanwhile, because the close cannot see that.
     */
    void runOnThisThread(TimeLimit limit) throws InterruptedException {
        if (draining.isHeldByCurrentThread() || !draining.tryLock(limit.left().toNanos(), TimeUnit.NANOSECONDS)) {
            return;
        }
        try {
            while (!round(queue.isClosed())
                    && !abandoned
                    && !limit.isOver()
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(ROUND_PAUSE_NANOS);
            }
        } finally {
            loseIfAbandoned();
            draining.unlock();
        }
    }

    /** Waits until the thread has emptied the closed queue. */
    void finish(TimeLimit limit) throws InterruptedException {
        if (Thread.currentThread() != thread) {
            hurry();
            join(limit.left());
        }
    }

    /**
     * Ends the thread and loses the events that are left.
     *
     * @return whether the thread has ended; otherwise it is stuck in a call that no interrupt ends
     */
    boolean abandon() {
        if (Thread.currentThread() != thread) {
            abandoned = true;
            thread.interrupt();
            joinAtLast();
        }
        loseTheRest();
        return !thread.isAlive();
    }

    /** Loses what was put into the queue, or taken from it to be sent, when the drain had ended already. */
    void loseIfAbandoned() {
        if (abandoned) {
            loseTheRest();
        }
    }

    private void work() {
        long lastEventNanos = System.nanoTime();
        Backoff backoff = Backoff.ofSink();
        while (!abandoned) {
            boolean last = queue.isClosed();
            lastEventNanos = queue.hasEvents() ? System.nanoTime() : lastEventNanos;
            if (!round(last)) {
                pause(backoff.nextNanos());
            } else if (last && !queue.hasEvents()) {
                return;
            } else {
                backoff.reset();
                rest(System.nanoTime() - lastEventNanos > AWAKE_NANOS);
            }
        }
    }

    private void loseTheRest() {
        abandoned = true;
        String why = "the audit recorder was closed before the event was sent";
        hand.left().forEach(event -> counts.lost(event, LossReason.CLOSED, why));
        for (Sending left = queue.poll(); left != null; left = queue.poll()) {
            counts.lost(left, LossReason.CLOSED, why);
        }
    }

    /** Takes all events of the queue to the sink; false if the sink does not accept one now. */
    private boolean round(boolean last) {
        if (!tried) {
            firstTryNanos = System.nanoTime();
        }
        do {
            for (Sending first = hand.first(); first != null; first = hand.first()) {
                if (abandoned || !accepted(first)) {
                    queue.serve();
                    return false;
                }
                hand.passedOn();
            }
            hand = new Hand(queue.pollSome());
        } while (hand.first() != null);
        return isSettled(last);
    }

    /** An unexpected failure loses this event only; the events behind it are still sent. */
    private boolean accepted(Sending sending) {
        try {
            return sink.accept(sending);
        } catch (Throwable unexpected) {
            counts.lost(sending, unexpected);
            return true;
        } finally {
            if (!tried) {
                triedNanos = System.nanoTime();
                tried = true;
            }
        }
    }

    private boolean isSettled(boolean last) {
        try {
            return sink.roundOver(last);
        } catch (Throwable unexpected) {
            LOG.error("the audit recorder goes on after an unexpected failure", unexpected);
            return false;
        }
    }

    private void rest(boolean idle) {
        long dueNanos = sink.dueInNanos();
        state.set(idle ? ASLEEP : NAPPING);
        if (!queue.hasEvents() && !abandoned && !queue.isClosed()) {
            if (idle && dueNanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, idle ? dueNanos : Math.min(intervalNanos, dueNanos));
            }
        }
        state.set(WORKING);
        forgetInterrupt();
    }

    private void pause(long nanos) {
        forgetInterrupt();
        if (!abandoned) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** Only the close interrupts this thread. Any other interrupt is cleared, because it would make the thread spin. */
    private void forgetInterrupt() {
        if (!abandoned) {
            Thread.interrupted();
        }
    }

    private void joinAtLast() {
        try {
            join(LAST_WAIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void join(Duration timeout) throws InterruptedException {
        if (!timeout.isZero()) {
            thread.join(Math.max(1, timeout.toMillis()));
        }
    }

    /** Events that left the queue together. The draining thread passes them on; any thread may look what is left. */
    private static final class Hand {

        private final List<Sending> events;
        private volatile int passedOn;

        Hand(List<Sending> events) {
            this.events = events;
        }

        /** Returns the event that is next; null if all were passed on. */
        Sending first() {
            return passedOn < events.size() ? events.get(passedOn) : null;
        }

        void passedOn() {
            passedOn++;
        }

        List<Sending> left() {
            return events.subList(passedOn, events.size());
        }
    }
}
