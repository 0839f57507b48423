package io.foundling.console.policies;

import java.util.List;

/**
 * What other policies would have done in a window.
 *
 * @param stages counts by source and stage, of those that have any warning in the window under either
 * @param warnings those that change, in order of time
 * @param alerts those that change, in order of their keys
 * @param reminders how many reminders were published under both
 */
public record TrialReport(
        Window window,
        Coverage coverage,
        List<StageChanges> stages,
        List<ChangedWarning> warnings,
        List<ChangedAlert> alerts,
        Reminders reminders) {

    /** How many reminders are published under the policies in force, and under those on trial. */
    public record Reminders(long before, long after) {}

    public TrialReport {
        stages = List.copyOf(stages);
        warnings = List.copyOf(warnings);
        alerts = List.copyOf(alerts);
    }

    /** Returns this with the earliest warnings only; the counts stay those of all. */
    public TrialReport first(int most) {
        return warnings.size() <= most
                ? this
                : new TrialReport(window, coverage, stages, warnings.subList(0, most), alerts, reminders);
    }
}
