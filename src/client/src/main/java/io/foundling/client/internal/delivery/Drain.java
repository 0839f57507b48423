package io.foundling.client.internal.delivery;

import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.LossReason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the queue to the sink, in order, one at a time: on a daemon thread of its own, or by hand.
 *
 * <p>While events come, the thread naps for the interval between rounds, so that nobody has to wake it and what gathers
 * goes out together; a caller pays for waking it only if the event is urgent, the queue half full, or the thread asleep
 * after a second without events.
 */
final class Drain implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);
    private static final int WORKING = 0;
    private static final int NAPPING = 1;
    private static final int ASLEEP = 2;
    private static final long AWAKE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(10).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final EventQueue queue;
    private final Sink sink;
    private final Tally tally;
    private final long intervalNanos;
    private final AtomicInteger state = new AtomicInteger(WORKING);
    private final ReentrantLock hand = new ReentrantLock();
    private final Thread thread = new Thread(this, "audit-recorder");
    private volatile Sending inHand;
    private volatile boolean abandoned;

    Drain(EventQueue queue, Sink sink, Tally tally, Duration interval) {
        this.queue = queue;
        this.sink = sink;
        this.tally = tally;
        this.intervalNanos = interval.toNanos();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isOwnThread() {
        return Thread.currentThread() == thread || sink.isOwnThread();
    }

    /** Tells that an event is in the queue. The order of writes on both sides sees to it that one of them notices. */
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

    /** Wakes the thread even from a pause: somebody waits. */
    void hurry() {
        LockSupport.unpark(thread);
    }

    /**
     * Works on the calling thread, once at least, until nothing is left or the time is over; for recorders without a thread.
     * Does nothing in a callback of an event that is in hand.
     */
    void byHand(TimeLimit limit) throws InterruptedException {
        if (hand.isHeldByCurrentThread() || !hand.tryLock(limit.left().toNanos(), TimeUnit.NANOSECONDS)) {
            return;
        }
        try {
            while (!round(queue.isClosed())
                    && !abandoned
                    && !limit.isOver()
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(FIRST_PAUSE_NANOS);
            }
        } finally {
            hand.unlock();
        }
    }

    /** Waits until the thread has taken everything out of the closed queue. */
    void finish(TimeLimit limit) throws InterruptedException {
        if (Thread.currentThread() != thread) {
            hurry();
            join(limit.left());
        }
    }

    /**
     * Ends the thread and loses what is left.
     *
     * @return whether it has ended; otherwise it is stuck in a call that no interrupt ends
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

    /** For a caller whose event came into the queue when nobody looked any more. */
    void loseIfAbandoned() {
        if (abandoned) {
            loseTheRest();
        }
    }

    private void work() {
        long lastEventNanos = System.nanoTime();
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (!abandoned) {
            boolean last = queue.isClosed();
            lastEventNanos = queue.hasEvents() ? System.nanoTime() : lastEventNanos;
            if (!round(last)) {
                pause(pauseNanos);
                pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            } else if (last && !queue.hasEvents()) {
                return;
            } else {
                pauseNanos = FIRST_PAUSE_NANOS;
                rest(System.nanoTime() - lastEventNanos > AWAKE_NANOS);
            }
        }
    }

    private void loseTheRest() {
        abandoned = true;
        String why = "the audit recorder was closed before it was sent";
        Sending held = inHand;
        if (held != null) {
            tally.lost(held, LossReason.CLOSED, why);
        }
        for (Sending left = queue.poll(); left != null; left = queue.poll()) {
            tally.lost(left, LossReason.CLOSED, why);
        }
    }

    /** Takes everything there is to the sink; false if it does not take it now. */
    private boolean round(boolean last) {
        if (inHand == null) {
            inHand = queue.poll();
        }
        while (inHand != null) {
            if (abandoned || !accepted(inHand)) {
                return false;
            }
            inHand = queue.poll();
        }
        return isSettled(last);
    }

    /** Whatever goes wrong with one event, those behind it are served. */
    private boolean accepted(Sending sending) {
        try {
            return sink.accept(sending);
        } catch (Throwable unexpected) {
            tally.lost(sending, unexpected);
            return true;
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
        state.set(idle && dueNanos == Long.MAX_VALUE ? ASLEEP : NAPPING);
        if (!queue.hasEvents() && !abandoned && !queue.isClosed()) {
            if (state.get() == ASLEEP) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, Math.min(intervalNanos, dueNanos));
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

    /** An interrupt is meant for this thread only when the recorder is closed; a stray one would make it spin. */
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
}
