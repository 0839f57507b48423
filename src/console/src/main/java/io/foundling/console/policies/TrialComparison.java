package io.foundling.console.policies;

import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Compares what two ledgers have published about the same trail. */
final class TrialComparison {

    private final Window window;
    private final TrialOutput before;
    private final TrialOutput after;

    TrialComparison(Window window, TrialOutput before, TrialOutput after) {
        this.window = window;
        this.before = before;
        this.after = after;
    }

    /**
     * Returns the report.
     *
     * @param sources which sources it is about
     */
    TrialReport report(Coverage coverage, Predicate<String> sources) {
        List<ChangedWarning> changed = new ArrayList<>();
        Map<List<String>, Counts> counts =
                new TreeMap<>((one, other) -> String.join("\0", one).compareTo(String.join("\0", other)));
        Set<WarningId> ids = new HashSet<>(before.warnings().keySet());
        ids.addAll(after.warnings().keySet());
        for (WarningId id : ids) {
            Optional<EmittedWarning> former =
                    Optional.ofNullable(before.warnings().get(id));
            Optional<EmittedWarning> now = Optional.ofNullable(after.warnings().get(id));
            Subject subject = SubjectKey.parse(id.subjectKey());
            if (sources.test(subject.getSource()) && (isInWindow(former) || isInWindow(now))) {
                Optional<ChangedWarning> change = ChangedWarning.between(id, former, now);
                change.ifPresent(changed::add);
                counts.computeIfAbsent(List.of(subject.getSource(), subject.getStage()), none -> new Counts())
                        .add(isInWindow(former), isInWindow(now), change.map(ChangedWarning::change));
            }
        }
        changed.sort(ChangedWarning.ORDER);
        List<StageChanges> stages = new ArrayList<>();
        counts.forEach((names, count) -> stages.add(count.of(names.get(0), names.get(1))));
        return new TrialReport(
                window,
                coverage,
                stages,
                changed,
                alerts(sources),
                new TrialReport.Reminders(before.reminders(), after.reminders()));
    }

    private boolean isInWindow(Optional<EmittedWarning> warning) {
        return warning.filter(found -> window.includes(found.emittedAt().toEpochMilli()))
                .isPresent();
    }

    private List<ChangedAlert> alerts(Predicate<String> sources) {
        Map<String, AlertFirings> former = before.alerts();
        Map<String, AlertFirings> now = after.alerts();
        Set<String> keys = new TreeSet<>(former.keySet());
        keys.addAll(now.keySet());
        return keys.stream()
                .map(key ->
                        new ChangedAlert(key, Optional.ofNullable(former.get(key)), Optional.ofNullable(now.get(key))))
                .filter(alert -> !alert.before().equals(alert.after()))
                .filter(alert -> sources.test(source(alert)))
                .toList();
    }

    private static String source(ChangedAlert alert) {
        return alert.after().or(alert::before).orElseThrow().labels().getOrDefault("source", "");
    }

    private static final class Counts {

        private long before;
        private long after;
        private final long[] changes = new long[Change.values().length];

        void add(boolean isBefore, boolean isAfter, Optional<Change> change) {
            before += isBefore ? 1 : 0;
            after += isAfter ? 1 : 0;
            change.ifPresent(found -> changes[found.ordinal()]++);
        }

        StageChanges of(String source, String stage) {
            return new StageChanges(
                    source,
                    stage,
                    before,
                    after,
                    changes[Change.ADDED.ordinal()],
                    changes[Change.REMOVED.ordinal()],
                    changes[Change.EARLIER.ordinal()],
                    changes[Change.LATER.ordinal()]);
        }
    }
}
