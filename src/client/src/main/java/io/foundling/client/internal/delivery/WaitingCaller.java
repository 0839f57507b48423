package io.foundling.client.internal.delivery;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A calling thread in the line for room in {@link EventQueue}, with its event. Whoever frees a place puts the event of
 * the first caller into the queue and wakes that caller only, so the event does not wait until its thread runs again.
 * The caller may leave the line until then. Any thread.
 */
final class WaitingCaller {

    private enum State {
        WAITING,
        BEING_TAKEN,
        TAKEN,
        REFUSED,
        GONE
    }

    private final Sending sending;
    private final long joinedNanos;
    private final Thread thread = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    WaitingCaller(Sending sending, long joinedNanos) {
        this.sending = sending;
        this.joinedNanos = joinedNanos;
    }

    Sending sending() {
        return sending;
    }

    /** Returns when the caller joined the line, by the clock of the queue. */
    long joinedNanos() {
        return joinedNanos;
    }

    /** Whether the caller has no answer yet. */
    boolean isWaiting() {
        State now = state.get();
        return now == State.WAITING || now == State.BEING_TAKEN;
    }

    /** Whether the caller has left the line. */
    boolean isGone() {
        return state.get() == State.GONE;
    }

    /** Returns the answer to a caller that waits no longer and has not left. */
    EventQueue.Answer answer() {
        return state.get() == State.TAKEN ? EventQueue.Answer.TAKEN : EventQueue.Answer.CLOSED;
    }

    /** Returns true if the caller has left, and false if its event is in the queue or refused by now. */
    boolean leave() {
        return state.compareAndSet(State.WAITING, State.GONE);
    }

    /** Reserves the event for the queue; false if the caller has left. {@link #taken} must follow. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.BEING_TAKEN);
    }

    /** Called when the event is in the queue: only then may the caller go on to its next event. */
    void taken() {
        state.set(State.TAKEN);
        LockSupport.unpark(thread);
    }

    /** Answers that the queue is closed, unless the caller has left. */
    void refuse() {
        if (state.compareAndSet(State.WAITING, State.REFUSED)) {
            LockSupport.unpark(thread);
        }
    }
}
