package io.foundling.console.policies;

import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tries policies on a trail: which warnings and alerts they would have given, and those in force would not, and the other
 * way round. Both are taken to have been in force since the trail begins. What a ledger under either would have published
 * is found by running that ledger, so nothing is left out that it does: closed parents, expectations, scopes, silent and
 * delayed sources, and volumes.
 *
 * <p>It holds what two ledgers hold in their stores, about 400 bytes for each subject and ledger, and every warning.
 * The trail itself is read once, and is not kept.
 */
public final class PolicyTrial {

    private static final int EVENTS_BETWEEN_CHECKS = 256;

    private final LedgerSettings settings;
    private final PolicySet onTrial;
    private final TrialWatch watch;

    /** Makes one that nothing ends but its trail. */
    public PolicyTrial(LedgerSettings settings, PolicySet onTrial) {
        this(settings, onTrial, TrialWatch.NONE);
    }

    /**
     * @param settings of the ledger, with the policies in force and as many partitions as the trail has
     * @param onTrial the other policies
     * @param watch may end the trial
     */
    public PolicyTrial(LedgerSettings settings, PolicySet onTrial, TrialWatch watch) {
        this.settings = settings;
        this.onTrial = onTrial;
        this.watch = watch;
    }

    /**
     * Runs the trial.
     *
     * @param trail in the order of append times; what was appended after the window is not read
     * @param sources which sources are reported; all are read
     */
    public TrialReport run(Iterator<RecordedEvent> trail, Window window, Predicate<String> sources) {
        TrialOutput before = new TrialOutput(window);
        TrialOutput after = new TrialOutput(window);
        TrialComparison comparison = new TrialComparison(window, before, after);
        long untilMs = window.until().toEpochMilli();
        RecordedEvent event = next(trail, untilMs);
        if (event == null) {
            return comparison.report(new Coverage(Optional.empty(), 0, 0), sources);
        }
        long firstMs = event.appendedAtMs();
        long leadIn = 0;
        long inWindow = 0;
        try (TrialLedger former = new TrialLedger(settings, settings.policySet(), before, firstMs, watch);
                TrialLedger latter = new TrialLedger(settings, onTrial, after, firstMs, watch)) {
            for (; event != null; event = next(trail, untilMs)) {
                if (window.includes(event.appendedAtMs())) {
                    inWindow++;
                } else {
                    leadIn++;
                }
                former.read(event);
                latter.read(event);
                if ((leadIn + inWindow) % EVENTS_BETWEEN_CHECKS == 0) {
                    watch.holds(former.entries() + latter.entries());
                }
            }
            former.end(untilMs);
            latter.end(untilMs);
        }
        return comparison.report(new Coverage(Optional.of(Instant.ofEpochMilli(firstMs)), leadIn, inWindow), sources);
    }

    /** Returns null at the end of the trail or of the window. */
    private static RecordedEvent next(Iterator<RecordedEvent> trail, long untilMs) {
        RecordedEvent event = trail.hasNext() ? trail.next() : null;
        return event == null || event.appendedAtMs() > untilMs ? null : event;
    }
}
