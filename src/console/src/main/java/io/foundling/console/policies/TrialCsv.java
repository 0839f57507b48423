package io.foundling.console.policies;

import io.foundling.console.json.CsvForm;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the warnings that change as CSV (RFC 4180), a line each. Everything else of a report is left out. */
public final class TrialCsv {

    private static final List<String> HEADINGS = List.of(
            "change",
            "subject",
            "attempt",
            "status",
            "extension",
            "limitBefore",
            "limitAfter",
            "ruleBefore",
            "ruleAfter",
            "emittedBefore",
            "emittedAfter",
            "endBefore",
            "endAfter");

    private TrialCsv() {}

    /** Returns the lines, the headings first. */
    public static Stream<String> lines(TrialReport report) {
        return Stream.concat(
                Stream.of(String.join(",", HEADINGS)),
                report.warnings().stream().map(TrialCsv::line));
    }

    private static String line(ChangedWarning each) {
        return Stream.of(
                        each.change().name(),
                        each.id().subjectKey(),
                        Integer.toString(each.id().attempt()),
                        each.id().status().name(),
                        Integer.toString(each.id().extension()),
                        text(each.before(), EmittedWarning::limit),
                        text(each.after(), EmittedWarning::limit),
                        text(each.before(), EmittedWarning::rule),
                        text(each.after(), EmittedWarning::rule),
                        text(each.before(), EmittedWarning::emittedAt),
                        text(each.after(), EmittedWarning::emittedAt),
                        text(each.before(), EmittedWarning::end),
                        text(each.after(), EmittedWarning::end))
                .map(CsvForm::cell)
                .collect(Collectors.joining(","));
    }

    private static String text(Optional<EmittedWarning> warning, Function<EmittedWarning, Object> field) {
        return warning.map(field).map(String::valueOf).orElse("");
    }
}
