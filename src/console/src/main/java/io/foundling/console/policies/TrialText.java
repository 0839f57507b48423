package io.foundling.console.policies;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes the result of a trial for people: a summary by source and stage, the warnings that change, the alerts, notes. */
public final class TrialText {

    private final int limit;

    /** @param limit how many warnings and how many alerts are listed at most */
    public TrialText(int limit) {
        this.limit = limit;
    }

    /** @param changes says which policies are others */
    public String of(TrialReport report, String changes, List<String> notes) {
        StringBuilder text = new StringBuilder();
        text.append("policies: ").append(changes).append('\n');
        text.append("window:   ")
                .append(report.window().since())
                .append(" to ")
                .append(report.window().until())
                .append('\n');
        text.append(String.format(
                Locale.ROOT,
                "trail:    %s, %,d events before the window, %,d in it%n",
                report.coverage().first().map(first -> "since " + first).orElse("empty"),
                report.coverage().leadIn(),
                report.coverage().inWindow()));
        text.append('\n');
        summary(text, report);
        warnings(text, report);
        alerts(text, report);
        if (!notes.isEmpty()) {
            text.append('\n');
            notes.forEach(note -> text.append("note: ").append(note).append('\n'));
        }
        return text.toString();
    }

    private static void summary(StringBuilder text, TrialReport report) {
        if (report.warnings().isEmpty()) {
            text.append("No warning changes.\n");
        }
        if (!report.stages().isEmpty()) {
            TextTable table =
                    new TextTable(2, "source", "stage", "before", "after", "added", "removed", "earlier", "later");
            for (StageChanges stage : report.stages()) {
                table.add(
                        stage.source(),
                        stage.stage(),
                        number(stage.before()),
                        number(stage.after()),
                        number(stage.added()),
                        number(stage.removed()),
                        number(stage.earlier()),
                        number(stage.later()));
            }
            table.appendTo(text);
        }
        if (report.reminders().before() != report.reminders().after()) {
            text.append("reminders: ")
                    .append(number(report.reminders().before()))
                    .append(" before, ")
                    .append(number(report.reminders().after()))
                    .append(" after\n");
        }
    }

    private void warnings(StringBuilder text, TrialReport report) {
        if (report.warnings().isEmpty() || limit == 0) {
            return;
        }
        text.append('\n');
        TextTable table = new TextTable(
                Integer.MAX_VALUE,
                "change",
                "subject",
                "attempt",
                "status",
                "limit before",
                "limit after",
                "rule",
                "then");
        report.warnings().stream().limit(limit).forEach(each -> {
            EmittedWarning shown = each.after().or(each::before).orElseThrow();
            table.add(
                    each.change(),
                    each.id().subjectKey(),
                    each.id().attempt(),
                    status(each.id()),
                    limit(each.before()),
                    limit(each.after()),
                    shown.rule(),
                    (shown.unknown() ? "UNKNOWN " : "") + shown.end());
        });
        table.appendTo(text);
        more(text, report.warnings().size());
    }

    private static String status(WarningId id) {
        return id.extension() == 0 ? id.status().name() : id.status() + " (extension " + id.extension() + ')';
    }

    private static String limit(Optional<EmittedWarning> warning) {
        return warning.map(found -> found.limit().toString()).orElse("-");
    }

    private void alerts(StringBuilder text, TrialReport report) {
        text.append('\n');
        if (report.alerts().isEmpty()) {
            text.append("No alert changes.\n");
            return;
        }
        if (limit == 0) {
            return;
        }
        TextTable table = new TextTable(Integer.MAX_VALUE, "alert", "before", "after", "labels that change");
        report.alerts().stream()
                .limit(limit)
                .forEach(each -> table.add(each.key(), firings(each.before()), firings(each.after()), labels(each)));
        table.appendTo(text);
        more(text, report.alerts().size());
    }

    private static String firings(Optional<AlertFirings> firings) {
        return firings.map(found -> String.format(
                        Locale.ROOT,
                        "fires %s, for %s, count up to %,d",
                        found.times() == 1 ? "once" : found.times() + " times",
                        time(found.lasting()),
                        found.most()))
                .orElse("does not fire");
    }

    /** Nobody needs seconds here. */
    private static String time(Duration lasting) {
        long minutes = lasting.toMinutes();
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 48 ? hours + " h" : hours / 24 + " d";
    }

    private static String labels(ChangedAlert alert) {
        StringBuilder text = new StringBuilder();
        alert.labels()
                .forEach((name, label) -> text.append(text.length() == 0 ? "" : ", ")
                        .append(name)
                        .append(' ')
                        .append(label.before().isEmpty() ? "(none)" : label.before())
                        .append(" -> ")
                        .append(label.after().isEmpty() ? "(none)" : label.after()));
        return text.toString();
    }

    private void more(StringBuilder text, int all) {
        if (all > limit) {
            text.append(String.format(Locale.ROOT, "and %,d more; --limit shows more%n", all - limit));
        }
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
