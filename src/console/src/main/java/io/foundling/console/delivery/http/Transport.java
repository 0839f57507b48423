package io.foundling.console.delivery.http;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How a receiver is spoken to. {@link #toString} shows no secret.
 *
 * @param credentials asked for before each exchange, because they may be renewed meanwhile; by any thread
 * @param within limit on an exchange, body included
 */
public record Transport(Supplier<Credentials> credentials, Duration within) {

    /** Returns a transport without credentials. */
    public static Transport open(Duration within) {
        return new Transport(() -> Credentials.NONE, within);
    }

    /** Returns this transport with no longer a limit than that. */
    public Transport atMost(Duration limit) {
        return limit.compareTo(within) < 0 ? new Transport(credentials, limit) : this;
    }

    @Override
    public String toString() {
        return "transport within " + within;
    }
}
