package io.foundling.console.pages;

import io.foundling.console.web.Operation;
import io.foundling.console.web.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The first page: numbers at a glance, what awaits by stage and age, and how each source reports. */
final class OverviewPage {

    private static final String PATH = "/overview";
    private static final Duration HISTORY = Duration.ofHours(3);
    private static final Duration WRONG_CLOCK = Duration.ofMinutes(5);

    private final Html html;

    OverviewPage(Html html) {
        this.html = html;
    }

    List<Operation> operations(PageOperations pages) {
        return List.of(pages.page("overview", PATH, "What awaits, and what is wrong", List.of(), this::reply));
    }

    private Reply reply(PageCall call) {
        Row counts = call.ask("counts");
        Row sources = call.ask("sources");
        Row clocks = call.ask("clocks");
        // The minute that is not over yet would always look like a drop.
        Query hours = new Query(
                Map.of(),
                Map.of(
                        "since", List.of(call.request().now().minus(HISTORY).toString()),
                        "until",
                                List.of(call.request()
                                        .now()
                                        .minus(Duration.ofMinutes(1))
                                        .toString())));
        Row past = call.ask("counts-history", hours);
        List<Row> history = PageCall.rows(past);
        List<OverviewView.Chart> charts = List.of(
                Charts.of("Events a minute", "plain", history, "events"),
                Charts.of("Awaiting", "plain", history, "awaiting"),
                Charts.of("Orphans", "alarm", history, "orphans"));
        OverviewView view = new OverviewView(
                call.frame("Overview", PATH, counts, sources, clocks, past),
                figures(counts, PageCall.rows(sources), PageCall.rows(clocks)),
                groups(counts),
                bands(counts.rows("agesMs")),
                PageCall.rows(sources),
                charts);
        return html.page(200, "overview", view);
    }

    private static List<OverviewView.Figure> figures(Row counts, List<Row> sources, List<Row> clocks) {
        long awaiting = sum(counts.rows("awaiting"), "count");
        long orphans = sum(counts.rows("orphans"), "count");
        long unknown = sum(counts.rows("orphans"), "unknown");
        long alerts = sum(counts.rows("alerts"), "count");
        List<String> silent = sources.stream()
                .filter(source -> source.flag("silent"))
                .map(source -> source.text("source"))
                .toList();
        double rate = sources.stream()
                .mapToDouble(source ->
                        Double.parseDouble(source.has("eventsPerMinute") ? source.text("eventsPerMinute") : "0"))
                .sum();
        return List.of(
                new OverviewView.Figure("Awaiting", Row.counted(awaiting), "", "/awaiting", false),
                new OverviewView.Figure(
                        "Orphans",
                        Row.counted(orphans),
                        unknown > 0 ? Row.counted(unknown) + " more unknown" : "",
                        "/orphans",
                        orphans > 0),
                new OverviewView.Figure("Alerts firing", Row.counted(alerts), "", "/alerts?status=FIRING", alerts > 0),
                new OverviewView.Figure(
                        "Silent sources",
                        Row.counted(silent.size()),
                        String.join(", ", silent.subList(0, Math.min(3, silent.size()))),
                        "",
                        !silent.isEmpty()),
                clock(clocks, counts.now()),
                new OverviewView.Figure("Events a minute", Row.counted(Math.round(rate)), "", "", false));
    }

    private static OverviewView.Figure clock(List<Row> clocks, Instant now) {
        Optional<Instant> slowest = clocks.stream()
                .filter(clock -> !clock.has("source"))
                .flatMap(clock -> clock.moment("clock").stream())
                .map(Moment::at)
                .min(Comparator.naturalOrder());
        return slowest.map(at -> new OverviewView.Figure(
                        "Audit clock",
                        Ages.of(Duration.between(at, now)),
                        at.isAfter(now) ? "ahead of now" : "behind now",
                        "",
                        Duration.between(at, now).abs().compareTo(WRONG_CLOCK) > 0))
                .orElseGet(() -> new OverviewView.Figure("Audit clock", "none", "no task has reported", "", false));
    }

    private static long sum(List<Row> rows, String figure) {
        return rows.stream().mapToLong(row -> row.number(figure)).sum();
    }

    private static List<OverviewView.Group> groups(Row counts) {
        int bands = counts.rows("agesMs").size() + 1;
        Map<List<String>, OverviewView.Group> groups = new LinkedHashMap<>();
        for (Row row : counts.rows("awaiting")) {
            groups.merge(stage(row), awaiting(row), OverviewPage::plus);
        }
        for (Row row : counts.rows("orphans")) {
            groups.merge(
                    stage(row),
                    new OverviewView.Group(
                            row.text("source"),
                            row.text("stage"),
                            0,
                            Map.of(),
                            Collections.nCopies(bands, 0L),
                            row.number("count"),
                            row.number("unknown")),
                    OverviewPage::plus);
        }
        return groups.values().stream()
                .sorted(Comparator.comparingLong(OverviewView.Group::orphans)
                        .thenComparingLong(OverviewView.Group::awaiting)
                        .reversed())
                .toList();
    }

    private static List<String> stage(Row row) {
        return List.of(row.text("source"), row.text("stage"));
    }

    private static OverviewView.Group awaiting(Row row) {
        return new OverviewView.Group(
                row.text("source"),
                row.text("stage"),
                row.number("count"),
                Map.of(row.text("status"), row.number("count")),
                row.rows("byAge").stream().map(Row::number).toList(),
                0,
                0);
    }

    private static OverviewView.Group plus(OverviewView.Group one, OverviewView.Group other) {
        Map<String, Long> statuses = new TreeMap<>(one.statuses());
        other.statuses().forEach((status, count) -> statuses.merge(status, count, Long::sum));
        List<Long> ages = new ArrayList<>();
        for (int i = 0; i < one.ages().size(); i++) {
            ages.add(one.ages().get(i) + other.ages().get(i));
        }
        return new OverviewView.Group(
                one.source(),
                one.stage(),
                one.awaiting() + other.awaiting(),
                statuses,
                ages,
                one.orphans() + other.orphans(),
                one.unknown() + other.unknown());
    }

    private static List<String> bands(List<Row> limits) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= limits.size(); i++) {
            names.add(
                    i < limits.size()
                            ? "< " + Ages.of(Duration.ofMillis(limits.get(i).number()))
                            : "older");
        }
        return names;
    }
}
