package io.foundling.intake;

import io.foundling.console.web.ProblemException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory for events that were read and whose requests are not answered yet, of all requests together. A small event
 * takes more than ten times the bytes that it had in the body, for its objects and for its result; so events are counted
 * here, and bytes by the server. Requests for whose events there is no room are asked to come back; one request alone
 * always has room. Any thread.
 */
public final class EventRoom {

    private static final String RETRY_AFTER_S = "1";

    private final int mostEvents;
    private final AtomicInteger held = new AtomicInteger();

    /** @param mostEvents of all requests */
    public EventRoom(int mostEvents) {
        this.mostEvents = mostEvents;
    }

    /** Opens the share of one request, which takes nothing yet. */
    public Share share() {
        return new Share();
    }

    /** Returns how many events there are room for at the moment. */
    public int free() {
        return mostEvents - held.get();
    }

    /** What one request holds. For one thread. */
    public final class Share implements AutoCloseable {

        private int taken;

        /**
         * Holds so many events, or more if there were more before.
         *
         * @throws ProblemException if there is no room for them; then it holds what it held
         */
        public void atLeast(int events) {
            int more = events - taken;
            if (more <= 0) {
                return;
            }
            int all = held.addAndGet(more);
            if (all > mostEvents && all != events) {
                held.addAndGet(-more);
                throw ProblemException.of(
                                429,
                                "The requests that are being answered have up to " + mostEvents
                                        + " events; none of this request was recorded, try again")
                        .header("Retry-After", RETRY_AFTER_S);
            }
            taken = events;
        }

        /** Gives back what it holds beyond so many events. */
        public void atMost(int events) {
            int less = Math.max(0, taken - events);
            held.addAndGet(-less);
            taken -= less;
        }

        @Override
        public void close() {
            atMost(0);
        }
    }
}
