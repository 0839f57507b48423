package io.foundling.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Finds free ports of 127.0.0.1.
 *
 * <p>The ports are below the ranges that operating systems use for outgoing connections. Inside such a range, a client
 * that keeps trying to reach a stopped broker could be given the broker's own port, connect to itself and occupy it.
 */
public final class FreePorts {

    static final String HOST = "127.0.0.1";

    private static final int LOWEST = 10_240;
    private static final int BEYOND = 32_768;
    private static final int ATTEMPTS = 20;

    /**
     * A process that this one starts has a copy of every open socket until it runs its own program. So a port that was
     * looked at just then seems taken for some milliseconds more.
     */
    private static final Duration COPIES_CLOSE_WITHIN = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(5);

    private FreePorts() {}

    /** Calls {@code start} with a free port, and again with another one if that port was taken meanwhile. */
    static <T> T withFreePort(IntFunction<T> start) {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            try {
                return start.apply(port);
            } catch (LocalStartException e) {
                if (attempt == ATTEMPTS || (isFree(port) && !wasNotBound(e))) {
                    throw e;
                }
            }
        }
    }

    private static boolean wasNotBound(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .anyMatch(BindException.class::isInstance);
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static void requireFree(int port) {
        long end = System.nanoTime() + COPIES_CLOSE_WITHIN.toNanos();
        while (!isFree(port)) {
            if (System.nanoTime() - end > 0) {
                throw new LocalStartException("Port " + port + " of " + HOST + " is taken by another program.");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Returns the port that is usual for something if it is free now, else another one. */
    public static int freePort(int usual) {
        return isFree(usual) ? usual : freePort();
    }

    /** Returns a port that is free now. */
    public static int freePort() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
            if (isFree(port)) {
                return port;
            }
        }
        throw new LocalStartException("No free port found on " + HOST + " between " + LOWEST + " and " + BEYOND + ".");
    }
}
