package io.foundling.topology.task;

/**
 * How long a task may go on with what is due before others have their turn (rule B6). In each turn of its thread it
 * shares its part of the time out over the kinds of work that have something to do. Looking for what is due, between
 * them, does not count. Not thread-safe.
 */
public final class BusyTime implements AutoCloseable {

    private final ThreadTime time;
    private final Thread thread;
    private boolean isOpen = true;
    private int kindsLeft;
    private long leftNanos;
    private long beganNanos;
    private long maxNanos;
    private long usedNanos;

    BusyTime(ThreadTime time, Thread thread) {
        this.time = time;
        this.thread = thread;
    }

    /**
     * Begins a turn.
     *
     * @param kinds how many kinds of work have something to do
     */
    public void beginTurn(int kinds) {
        leftNanos = time.partNanos(thread);
        usedNanos = 0;
        kindsLeft = kinds;
    }

    /** Begins one kind of work, which may take an equal part of what those before it have left. */
    public void begin() {
        leftNanos = Math.max(0, leftNanos - usedNanos);
        usedNanos = 0;
        maxNanos = leftNanos / Math.max(1, kindsLeft);
        kindsLeft--;
        beganNanos = time.nanos();
    }

    /** Whether more may be done now; if not, the rest must wait for the next turn. */
    public boolean isLeft() {
        return elapsedNanos() < maxNanos;
    }

    public long elapsedNanos() {
        usedNanos = time.nanos() - beganNanos;
        return usedNanos;
    }

    /** The task is closed: the others of its thread get its part. */
    @Override
    public void close() {
        if (isOpen) {
            time.close(thread);
        }
        isOpen = false;
    }
}
