package io.foundling.console.web;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many calls a minute one caller may make. A caller may make that many at once, and then as many as the time that
 * passes allows, so that pages and scripts are not slowed down and a flood is. It costs a number for each of the 10,000
 * callers that called last; the one that called longest ago is forgotten, and begins anew. Any thread.
 */
public final class CallLimit {

    /** For calls that are not counted. */
    public static final CallLimit NONE = new CallLimit("", 0, InstantSource.system());

    static final int MOST_CALLERS = 10_000;

    private static final long MINUTE_US = 60_000_000;
    private static final int US_PER_MS = 1_000;

    private final String setting;
    private final int perMinute;
    private final InstantSource clock;
    private final Map<String, Long> restedAtUs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    /**
     * Makes one.
     *
     * @param setting that changes it, for people
     * @param perMinute 0: no limit
     * @param clock is not set back
     */
    public CallLimit(String setting, int perMinute, InstantSource clock) {
        this.setting = setting;
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /**
     * Counts a call.
     *
     * @throws ProblemException if there were too many; calls that are refused do not count
     */
    void check(String caller) {
        if (perMinute == 0) {
            return;
        }
        long waitUs = waitUs(caller);
        if (waitUs > 0) {
            long seconds = Duration.ofNanos(waitUs * US_PER_MS).toSeconds() + 1;
            throw ProblemException.of(
                            429,
                            "You have made more calls than " + setting + " allows, " + perMinute
                                    + " a minute; try again in " + seconds + " s")
                    .header("Retry-After", Long.toString(seconds));
        }
    }

    /** Each call takes a part of a minute from its caller, and time gives it back. Returns 0 if the call counts. */
    private synchronized long waitUs(String caller) {
        long nowUs = clock.millis() * US_PER_MS;
        long restedUs = Math.max(nowUs, restedAtUs.getOrDefault(caller, 0L)) + MINUTE_US / perMinute;
        long waitUs = restedUs - nowUs - MINUTE_US;
        if (waitUs <= 0) {
            restedAtUs.put(caller, restedUs);
        }
        return Math.max(0, waitUs);
    }

    synchronized int callers() {
        return restedAtUs.size();
    }
}
