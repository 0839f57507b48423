package io.foundling.service.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.service.table.Cells;
import io.foundling.service.table.Printable;
import io.foundling.service.table.TextTable;
import io.foundling.topology.text.DurationWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes what is known of a subject: a name and a value on each line, then its members and events. Pure. */
final class SubjectLines {

    private final String key;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    SubjectLines(String key, Instant now) {
        this.key = key;
        this.now = now;
        lines.add(key);
        lines.add("");
    }

    List<String> all() {
        return List.copyOf(lines);
    }

    void subject(JsonNode disposition, JsonNode warning) {
        if (!has(disposition)) {
            add("status", "none: its disposition is gone");
        } else {
            add("status", status(disposition));
            add("attempt", Cells.text(disposition.path("attempt")));
            Cells.subject(disposition.path("parent")).ifPresent(parent -> add("parent", parent));
            add("deadline", deadline(disposition));
            addIfThere("waiting on", disposition.path("waitingOn"));
            addIfThere("reason", disposition.path("reason"));
            addIfThere("detail", disposition.path("detail"));
            addIfThere("external id", disposition.path("externalId"));
            addIfThere("promised by", disposition.path("promisedBy"));
            addIfThere("announced", disposition.path("expectedMembers"));
        }
        add("warning", has(warning) ? warning(warning) : "none");
    }

    private String status(JsonNode disposition) {
        String status = Cells.text(disposition.path("status")) + since(disposition, "/enteredAt");
        return has(disposition.path("endedWithParentAt"))
                ? status + "; nothing more is expected, as its parent was cancelled"
                        + since(disposition, "/endedWithParentAt")
                : status;
    }

    private String since(JsonNode row, String pointer) {
        return Cells.moment(row, pointer)
                .map(at -> " for " + Cells.age(at, now) + ", since " + at)
                .orElse("");
    }

    private String deadline(JsonNode disposition) {
        return Cells.moment(disposition, "/deadline/at")
                .map(at -> {
                    long graceMs = disposition.at("/deadline/grace").asLong();
                    return at + ", " + Cells.distance(at, now)
                            + (graceMs > 0 ? ", then " + DurationWords.of(graceMs) + " of grace" : "")
                            + " (" + Cells.text(disposition.at("/deadline/rule")) + ")";
                })
                .orElse("none");
    }

    private String warning(JsonNode warning) {
        String since = Cells.moment(warning, "/startsAt")
                .map(at -> "orphan for " + Cells.age(at, now) + ", since " + at)
                .orElse("orphan");
        return since
                + ": " + Cells.text(warning.path("reason"))
                + " (" + Cells.text(warning.path("rule")) + ")"
                + (warning.path("unknown").asBoolean() ? "; unknown, as its source is silent" : "")
                + (warning.path("incomplete").asBoolean() ? "; incomplete, as its source drops events" : "");
    }

    void members(SubjectView.Members members, Optional<ObjectNode> settlement) {
        long count =
                members.byStatus().values().stream().mapToLong(Long::longValue).sum();
        List<String> statuses = new ArrayList<>();
        members.byStatus().forEach((status, some) -> statuses.add(status + " " + some));
        add(
                "members",
                (members.isWhole() ? "" : "more than ")
                        + count
                        + (statuses.isEmpty() ? "" : ": " + String.join(", ", statuses)));
        settlement.ifPresent(account -> add("settlement", settlement(account)));
        if (members.missing().isEmpty()) {
            add("missing", "none");
            return;
        }
        section("missing"
                + (members.hasMoreMissing() ? ", the first " + members.missing().size() : ""));
        table(Listings.members(key, true), members.missing());
        if (members.hasMoreMissing()) {
            lines.add("  all of them: foundling missing " + key + " --all");
        }
    }

    private String settlement(ObjectNode account) {
        List<String> returned = new ArrayList<>();
        for (Map.Entry<String, JsonNode> outcome : account.path("returned").properties()) {
            returned.add(outcome.getKey() + " " + outcome.getValue().asText());
        }
        returned.sort(null);
        return "attempt " + Cells.text(account.path("attempt"))
                + " closed"
                + Cells.moment(account, "/closedAt")
                        .map(at -> " " + Cells.distance(at, now))
                        .orElse("")
                + " as " + Cells.text(account.path("outcome"))
                + ": deferred " + Cells.text(account.path("deferred"))
                + ", returned " + (returned.isEmpty() ? "none" : String.join(", ", returned))
                + ", moved " + Cells.text(account.path("moved"))
                + ", missing " + Cells.text(account.path("orphaned"))
                + ", unseen " + Cells.text(account.path("unseen"));
    }

    void events(SubjectView.Events events) {
        section(events.isWhole() ? "last events" : "some of very many events");
        if (events.last().isEmpty()) {
            lines.add("  none: the trail does not reach back that far");
        } else {
            table(Listings.trail(key), events.last());
        }
        events.completeSince().ifPresent(since -> lines.add("  none is missing that was appended since " + since));
    }

    private void section(String title) {
        lines.add("");
        lines.add(title);
    }

    private void table(Listing listing, List<ObjectNode> rows) {
        new TextTable(listing.columns(), OptionalInt.empty(), now).lines(rows).forEach(line -> lines.add("  " + line));
    }

    private void addIfThere(String name, JsonNode value) {
        if (has(value)) {
            add(name, Cells.text(value));
        }
    }

    private static boolean has(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private void add(String name, String value) {
        lines.add(Printable.line("%-12s %s".formatted(name, value)));
    }
}
