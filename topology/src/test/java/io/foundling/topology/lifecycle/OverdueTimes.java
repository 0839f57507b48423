package io.foundling.topology.lifecycle;

import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.util.Collection;
import java.util.List;

/** When statuses of attempts were overdue, as their warnings say: from the deadline until the recovery. */
final class OverdueTimes {

    private OverdueTimes() {}

    /** Returns the warnings about times at which nothing was overdue, as the others have it. */
    static List<NaiveWarning> madeUp(Collection<NaiveWarning> warnings, Collection<NaiveWarning> right) {
        return warnings.stream().filter(warning -> !isCovered(warning, right)).toList();
    }

    private static boolean isCovered(NaiveWarning warning, Collection<NaiveWarning> right) {
        long coveredMs = warning.deadlineMs();
        boolean moved = true;
        while (moved && coveredMs < warning.recoveredAtMs()) {
            moved = false;
            for (NaiveWarning each : right) {
                if (each.attempt() == warning.attempt()
                        && each.status() == warning.status()
                        && each.deadlineMs() <= coveredMs
                        && each.recoveredAtMs() > coveredMs) {
                    coveredMs = each.recoveredAtMs();
                    moved = true;
                }
            }
        }
        return coveredMs >= warning.recoveredAtMs();
    }
}
