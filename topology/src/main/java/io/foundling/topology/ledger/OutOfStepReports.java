package io.foundling.topology.ledger;

import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.task.Interval;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.TaskClock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts facts out of step by source, and logs one of them as a sample at most once a minute (rule L20). Costs nothing
 * while there are none. For the stream thread of the ledger task.
 */
final class OutOfStepReports {

    private static final Logger LOG = LoggerFactory.getLogger(OutOfStepReports.class);
    private static final long SAMPLE_INTERVAL_MS = 60_000;

    private final TaskClock clock;
    private final LedgerListener listener;
    private final NameLimit names;
    private final Set<String> counted = new HashSet<>();
    private final Interval interval = new Interval(SAMPLE_INTERVAL_MS);

    OutOfStepReports(TaskClock clock, NameLimit names, LedgerListener listener) {
        this.clock = clock;
        this.names = names;
        this.listener = listener;
    }

    void add(String subjectKey, List<Fact> outOfStep) {
        if (outOfStep.isEmpty()) {
            return;
        }
        Subject subject = SubjectKey.parse(subjectKey);
        String source = subject.getSource();
        boolean isNamed = counted.contains(source) || names.admits(NameLimit.Use.OUT_OF_STEP, counted.size(), source);
        if (isNamed) {
            counted.add(source);
        }
        listener.outOfStep(isNamed ? source : "", outOfStep.size());
        if (interval.next(clock.wallMs())) {
            sample(subjectKey, subject.getSource(), outOfStep.get(0));
        }
    }

    private static void sample(String subjectKey, String source, Fact fact) {
        LOG.atInfo()
                .addKeyValue("source", source)
                .addKeyValue("subject", subjectKey)
                .addKeyValue("status", fact.type().status())
                .addKeyValue("occurredAt", Instant.ofEpochMilli(fact.occurredAtMs()))
                .log(
                        "a fact without an attempt number happened just after the outcome of its subject, and was taken for"
                                + " a part of the work that ended; if that grows, a clock is wrong, or runs follow each other so"
                                + " closely that their events need attempt numbers");
    }
}
