package io.foundling.console.pages;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows beside firing alerts who silenced them in Alertmanager. An alert is known there by its labels. */
final class SilencedAlerts implements Beside {

    private static final String LABELS = "labels";

    @Override
    public Shown of(PageCall call, List<Row> rows) {
        Row answer = call.ask("silences");
        Map<Map<String, String>, Row> held = new HashMap<>();
        answer.rows("rows").forEach(row -> held.put(row.values(LABELS), row));
        return new Shown(rows.stream().map(row -> with(held, row)).toList(), note(answer.rows("alertmanagers")));
    }

    private static Row with(Map<Map<String, String>, Row> held, Row row) {
        Row found = row.text("status").equals("FIRING") ? held.get(row.values(LABELS)) : null;
        return found == null ? row : row.with("heldBack", found);
    }

    private static Optional<String> note(List<Row> alertmanagers) {
        List<Row> unanswered =
                alertmanagers.stream().filter(each -> each.has("problem")).toList();
        if (unanswered.isEmpty()) {
            return Optional.empty();
        }
        String missing = unanswered.size() < alertmanagers.size() ? "Some silences may" : "Silences may";
        return Optional.of(missing + " be missing here, because Alertmanager could not be asked: "
                + unanswered.stream().map(SilencedAlerts::why).collect(Collectors.joining("; ")) + ".");
    }

    private static String why(Row alertmanager) {
        String problem = alertmanager.text("problem");
        String name = alertmanager.text(alertmanager.has("address") ? "address" : "receiver");
        return problem.contains(name) ? problem : name + ": " + problem;
    }
}
