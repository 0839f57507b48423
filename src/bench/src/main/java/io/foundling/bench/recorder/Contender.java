package io.foundling.bench.recorder;

import io.foundling.audit.Subject;
import java.time.Duration;
import java.util.OptionalLong;

/** One way for a service to report events. Calls may come from several threads. */
interface Contender extends AutoCloseable {

    /** Reports event {@code n}, about {@code Workload.subject(n)}. Never throws: a failed call is a lost event. */
    void call(long n, Subject subject);

    /** Waits until every event so far is written or lost; returns false if the time was over first. */
    boolean settle(Duration limit);

    /** Returns how many events were lost according to callbacks, tickets and exceptions. */
    long lost();

    /** Returns how many events were lost according to the contender's own metrics, if it has any. */
    default OptionalLong lostByMetrics() {
        return OptionalLong.empty();
    }

    @Override
    void close();
}
