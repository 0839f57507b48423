package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.ClockReport;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.Alerts;
import io.foundling.console.model.query.Clocks;
import io.foundling.console.model.query.Cursor;
import io.foundling.console.model.query.Found;
import io.foundling.console.model.query.Page;
import io.foundling.console.model.query.Question;
import io.foundling.console.model.query.StageFilter;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How each source is: how late its events are, how many subjects wait for that, and whether it is silent. Adds up what
 * the ledger tasks report, of which there are as many as tasks times sources.
 */
final class SourceFigures {

    private static final int PAGE = 1_000;

    private final ReadSide side;

    private SourceFigures(ReadSide side) {
        this.side = side;
    }

    static Operation of(ReadSide side, JsonSchemas schemas) {
        Map<String, ObjectNode> row = new LinkedHashMap<>();
        row.put("source", JsonSchemas.typed("string"));
        row.put("clock", JsonSchemas.orNull(JsonSchemas.moment()));
        row.put("delayMs", JsonSchemas.typed("integer"));
        row.put("held", JsonSchemas.typed("integer"));
        row.put("eventsPerMinute", JsonSchemas.typed("number"));
        row.put("silent", JsonSchemas.typed("boolean"));
        row.put("silentSince", JsonSchemas.orNull(JsonSchemas.moment()));
        SourceFigures figures = new SourceFigures(side);
        return WholeLists.of(
                "sources",
                "How late the events of each source are, and whether it is silent",
                List.of(),
                schemas.component("SourceRow", JsonSchemas.closed(row)),
                request -> side.state(Tables.CLOCK, Tables.ALERT),
                figures::rows);
    }

    private List<ObjectNode> rows(Request request) {
        Optional<Set<String>> visible = request.caller().sources();
        Map<String, List<ClockReport>> reports = all(new Clocks(visible), ClockReport::getSource);
        reports.remove("");
        Map<String, List<Alert>> silent = all(
                new Alerts(
                        Optional.of(AlertStatus.FIRING),
                        Optional.of(AlertType.SILENT_SOURCE),
                        StageFilter.visible(visible)),
                alert -> alert.getLabels().getOrDefault("source", ""));
        Set<String> sources = new TreeSet<>(reports.keySet());
        sources.addAll(silent.keySet());
        return sources.stream()
                .map(source ->
                        row(source, reports.getOrDefault(source, List.of()), silent.getOrDefault(source, List.of())))
                .toList();
    }

    /** The slowest task counts. */
    private static ObjectNode row(String source, List<ClockReport> reports, List<Alert> silent) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("source", source);
        json.put(
                "clock",
                reports.stream()
                        .map(ClockReport::getClock)
                        .filter(clock -> clock != null)
                        .min(Instant::compareTo)
                        .map(Instant::toString)
                        .orElse(null));
        json.put(
                "delayMs",
                reports.stream().mapToLong(ClockReport::getDelay).max().orElse(0));
        json.put("held", reports.stream().mapToLong(ClockReport::getHeld).sum());
        json.put(
                "eventsPerMinute",
                reports.stream().mapToDouble(ClockReport::getRate).sum());
        json.put("silent", !silent.isEmpty());
        json.put(
                "silentSince",
                silent.stream()
                        .map(Alert::getStartsAt)
                        .min(Instant::compareTo)
                        .map(Instant::toString)
                        .orElse(null));
        return json;
    }

    private <T> Map<String, List<T>> all(Question<T> question, Function<T, String> source) {
        List<T> records = new ArrayList<>();
        Optional<Cursor> next = Optional.empty();
        do {
            Page<T> page = side.queries().page(question, next, PAGE);
            page.rows().stream().map(Found::record).forEach(records::add);
            next = page.next();
        } while (next.isPresent());
        return records.stream().collect(Collectors.groupingBy(source, TreeMap::new, Collectors.toList()));
    }
}
