package io.foundling.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Sets what was seen beside what the pipeline intended, in at most twelve lines if the two are equal. */
final class Comparison {

    private static final String TITLE = "%-26s %8s %8s";
    private static final String ROW = "%-26s %8d %8d";

    private final Screen screen;
    private final PipelineResult intended;
    private final PipelineResult seen;

    private Comparison(Screen screen, PipelineResult intended, PipelineResult seen) {
        this.screen = screen;
        this.intended = intended;
        this.seen = seen;
    }

    static void print(Screen screen, PipelineResult intended, PipelineResult seen, OptionalDouble firstWarningSeconds) {
        new Comparison(screen, intended, seen).print(firstWarningSeconds);
    }

    private void print(OptionalDouble firstWarningSeconds) {
        screen.text("");
        screen.text(String.format(Locale.ROOT, TITLE, "", "intended", "seen"));
        events();
        figures("subjects promised", "", List.of(PipelineResult.SUBJECTS));
        figures("subjects completed", "", List.of(PipelineResult.COMPLETED));
        settlements();
        figures("orphan warnings emitted", "", List.of(PipelineResult.WARNINGS));
        figures("  recovered", "", List.of(PipelineResult.RECOVERED));
        figures("  withdrawn", "", List.of(PipelineResult.WITHDRAWN));
        row(
                "  still orphaned",
                ShortName.list(seen.orphans().keySet()),
                intended.orphans().size(),
                seen.orphans().size(),
                intended.orphans().equals(seen.orphans()));
        row(
                "alerts firing",
                alerts(),
                intended.alerts().size(),
                seen.alerts().size(),
                intended.alerts().equals(seen.alerts()) && isEqual(PipelineResult.STATE_ALERTS));
        figures("duplicates and bad input", badInput(), rejected());
        verdict(firstWarningSeconds);
    }

    private void events() {
        row(
                "events read",
                seen.figure(PipelineResult.OUT_OF_STEP) + " out of step",
                intended.figure(PipelineResult.EVENTS),
                seen.figure(PipelineResult.EVENTS),
                isEqual(PipelineResult.EVENTS) && isEqual(PipelineResult.OUT_OF_STEP));
    }

    private void settlements() {
        String members = "members returned " + seen.figure(PipelineResult.RETURNED) + ", missing "
                + seen.figure(PipelineResult.MISSING);
        row(
                "batches settled",
                members,
                intended.figure(PipelineResult.SETTLED),
                seen.figure(PipelineResult.SETTLED),
                Stream.of(PipelineResult.SETTLED, PipelineResult.RETURNED, PipelineResult.MISSING)
                        .allMatch(this::isEqual));
    }

    private void verdict(OptionalDouble firstWarningSeconds) {
        List<String> differences = PipelineResult.differences(intended, seen);
        if (differences.isEmpty()) {
            String first = firstWarningSeconds.isEmpty()
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            " The first warning came %.1f s after the start.",
                            firstWarningSeconds.getAsDouble());
            screen.text(Colour.GREEN, "✓ Equal: everything is as the pipeline intended." + first);
        } else {
            screen.text(Colour.RED, "✗ Not equal: this is not as the pipeline intended:");
            differences.forEach(difference -> screen.text("  " + difference));
        }
    }

    /** Prints the sum of some figures; they are equal only if each of them is. */
    private void figures(String name, String note, List<String> figures) {
        long wanted = figures.stream().mapToLong(intended::figure).sum();
        long found = figures.stream().mapToLong(seen::figure).sum();
        row(name, note, wanted, found, figures.stream().allMatch(this::isEqual));
    }

    private void row(String name, String note, long wanted, long found, boolean equal) {
        screen.text(String.format(Locale.ROOT, ROW, name, wanted, found)
                + "  "
                + (equal ? screen.painted(Colour.GREEN, "✓") : screen.painted(Colour.RED, "✗ DIFFERS"))
                + (note.isEmpty() ? "" : "  " + note));
    }

    private boolean isEqual(String figure) {
        return intended.figure(figure) == seen.figure(figure);
    }

    private String alerts() {
        Set<String> named = new TreeSet<>();
        seen.alerts().values().forEach(named::addAll);
        return named.isEmpty() ? "" : "about " + ShortName.list(named);
    }

    private String badInput() {
        return String.format(
                Locale.ROOT,
                "duplicates %d, violations %d, dead letters %d",
                seen.figure(PipelineResult.DUPLICATES),
                seenWith(PipelineResult.VIOLATION),
                seenWith(PipelineResult.DEAD_LETTER));
    }

    private long seenWith(String prefix) {
        return seen.figures().entrySet().stream()
                .filter(figure -> figure.getKey().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Returns the figures about what no producer should send. */
    private List<String> rejected() {
        Set<String> names = new TreeSet<>(intended.figures().keySet());
        names.addAll(seen.figures().keySet());
        List<String> rejected = new ArrayList<>(List.of(PipelineResult.DUPLICATES));
        rejected.addAll(names.stream()
                .filter(name ->
                        name.startsWith(PipelineResult.VIOLATION) || name.startsWith(PipelineResult.DEAD_LETTER))
                .toList());
        return rejected;
    }
}
