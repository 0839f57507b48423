package io.foundling.console.web;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory for the bodies of all requests that are being read or answered, and for what is made of them. Many callers
 * at once with bodies as long as they may be would otherwise end the process; those for whom there is no room are asked to
 * come back. One request alone always has room. Any thread.
 */
final class BodyRoom {

    private static final String RETRY_AFTER_S = "1";

    private final long maxBytes;
    private final AtomicLong held = new AtomicLong();

    BodyRoom(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Opens the share of one request, which takes nothing yet. */
    Share share() {
        return new Share();
    }

    /** What one request holds. For one thread. */
    final class Share implements AutoCloseable {

        private long taken;

        /** @throws ProblemException if there is no room for so many more bytes */
        void take(int bytes) {
            taken += bytes;
            long all = held.addAndGet(bytes);
            if (all > maxBytes && all != taken) {
                throw ProblemException.of(
                                429,
                                "The bodies of all requests take more than " + maxBytes + " bytes of memory; try again")
                        .header("Retry-After", RETRY_AFTER_S)
                        .header("Connection", "close");
            }
        }

        @Override
        public void close() {
            held.addAndGet(-taken);
        }
    }
}
