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
        Set<WarningId> ids = new HashSet<>(before.ids());
        ids.addAll(after.ids());
        for (WarningId id : ids) {
            Subject subject = SubjectKey.parse(id.subjectKey());
            if (sources.test(subject.getSource())) {
                Counts ofStage =
                        counts.computeIfAbsent(List.of(subject.getSource(), subject.getStage()), none -> new Counts());
                for (Pair pair : Pair.of(before.warnings(id), after.warnings(id))) {
                    compare(id, pair, ofStage).ifPresent(changed::add);
                }
            }
        }
        counts.values().removeIf(Counts::isNone);
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

    /** Returns what has changed, if one of the two warnings is in the window. */
    private Optional<ChangedWarning> compare(WarningId id, Pair pair, Counts counts) {
        boolean isBefore = isInWindow(pair.before());
        boolean isAfter = isInWindow(pair.after());
        Optional<ChangedWarning> change =
                isBefore || isAfter ? ChangedWarning.between(id, pair.before(), pair.after()) : Optional.empty();
        counts.add(isBefore, isAfter, change.map(ChangedWarning::change));
        return change;
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

        boolean isNone() {
            return before + after == 0;
        }

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
