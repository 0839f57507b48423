package io.foundling.service.doctor;

import io.foundling.service.finding.Finding;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.BrokerUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Examines whether this machine and the broker agree on the time. The proofs of the audit clocks take it from this
 * machine, append times come from the broker.
 */
final class ClockExamination implements Examination {

    private final Broker broker;
    private final Duration allowedLag;

    ClockExamination(Broker broker, Duration allowedLag) {
        this.broker = broker;
        this.allowedLag = allowedLag;
    }

    @Override
    public List<Finding> findings() {
        try {
            Instant before = Instant.now();
            Optional<Instant> there = broker.time();
            Instant after = Instant.now();
            return List.of(there.map(time -> finding(before, time, after))
                    .orElseGet(() -> Finding.skipped("the cluster does not report the time of its controller")));
        } catch (BrokerUnavailableException denied) {
            return List.of(Finding.skipped("the cluster does not report its time: " + denied.getMessage()));
        }
    }

    private Finding finding(Instant before, Instant there, Instant after) {
        Duration ahead = apart(before, there, after);
        String found = "the clock of this machine is %d ms %s the broker's"
                .formatted(ahead.abs().toMillis(), ahead.isNegative() ? "behind" : "ahead of");
        if (ahead.abs().compareTo(allowedLag) > 0) {
            return Finding.error(found + ", more than allowedLag (" + allowedLag
                    + "): warnings would come too early or too late; synchronise both");
        }
        return ahead.abs().multipliedBy(2).compareTo(allowedLag) > 0
                ? Finding.warning(found + ", more than half of allowedLag (" + allowedLag + "); synchronise both")
                : Finding.ok(found);
    }

    /** Returns the least difference that the answer proves: zero if both clocks may agree. */
    private static Duration apart(Instant before, Instant there, Instant after) {
        if (there.isBefore(before)) {
            return Duration.between(there, before);
        }
        return there.isAfter(after) ? Duration.between(there, after) : Duration.ZERO;
    }
}
