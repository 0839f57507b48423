package io.foundling.console.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Draws the timeline of a subject out of its disposition. For one subject. */
final class TimelineDrawing {

    private static final int LANE = 50;
    private static final int TOP = 30;
    private static final int AXIS = 30;
    private static final int LETTER = 8;
    private static final int MIN_BAR = 4;
    private static final int NEAR_RIGHT = 110;
    private static final String AWAITS = "waits";

    private final Row disposition;
    private final boolean isAwaiting;
    private final Scale scale;

    private TimelineDrawing(Row disposition) {
        this.disposition = disposition;
        isAwaiting = Words.tone(disposition.text("status")).equals(AWAITS) && !disposition.has("endedWithParentAt");
        scale = scale();
    }

    static Timeline of(Row disposition) {
        return new TimelineDrawing(disposition).draw();
    }

    private Scale scale() {
        List<Instant> all = new ArrayList<>();
        add(disposition.moment("firstOccurredAt"), all);
        add(disposition.moment("enteredAt"), all);
        add(disposition.moment("lastOccurredAt"), all);
        add(limit(), all);
        for (Row attempt : disposition.rows("history")) {
            add(attempt.moment("startedAt"), all);
            add(attempt.moment("endedAt"), all);
            attempt.rows("entered").forEach(entry -> add(entry.moment("at"), all));
        }
        for (Row mark : disposition.rows("marks")) {
            add(mark.moment("startsAt"), all);
            add(mark.moment("recoveredAt"), all);
        }
        if (isAwaiting) {
            all.add(disposition.now());
        }
        return Scale.of(
                all.stream().min(Comparator.naturalOrder()).orElseThrow(),
                all.stream().max(Comparator.naturalOrder()).orElseThrow());
    }

    private static void add(Optional<Moment> moment, List<Instant> all) {
        moment.map(Moment::at).ifPresent(all::add);
    }

    private Optional<Moment> limit() {
        return disposition
                .moment("deadline", "at")
                .map(at -> new Moment(at.at().plusMillis(disposition.number("deadline", "grace")), at.now()));
    }

    private Timeline draw() {
        List<Row> attempts = disposition.rows("history");
        List<Timeline.Lane> lanes = new ArrayList<>();
        for (Row attempt : attempts) {
            lanes.add(lane(attempt, TOP + lanes.size() * LANE));
        }
        if (lanes.isEmpty()) {
            lanes.add(laneOfPresent());
        }
        return new Timeline(
                summary(attempts.size()),
                TOP + lanes.size() * LANE + AXIS,
                lanes,
                scale.ticks(),
                isAwaiting ? Optional.of(scale.x(disposition.now())) : Optional.empty(),
                disposition.moment("deadline", "at").map(at -> line(at, "Deadline")));
    }

    private static Timeline.Line line(int x, String label) {
        return new Timeline.Line(x, label, x > Timeline.RIGHT - NEAR_RIGHT);
    }

    private Timeline.Line line(Moment at, String label) {
        return line(scale.x(at.at()), label);
    }

    private Timeline.Lane lane(Row attempt, int top) {
        int number = (int) attempt.number("attempt");
        List<Entered> entered = Stream.concat(
                        attempt.rows("entered").stream()
                                .map(entry -> new Entered(
                                        entry.text("status"),
                                        entry.moment("at").orElseThrow().at())),
                        attempt.rows("entered").isEmpty()
                                ? Stream.of(new Entered(
                                        attempt.text("status"),
                                        attempt.moment("startedAt")
                                                .orElseThrow()
                                                .at()))
                                : Stream.empty())
                .sorted(Comparator.comparing(Entered::at))
                .toList();
        return lane(number, top, entered, attempt.moment("endedAt").map(Moment::at));
    }

    private Timeline.Lane laneOfPresent() {
        Instant at = disposition.moment("enteredAt").orElseThrow().at();
        return lane(
                (int) disposition.number("attempt"),
                TOP,
                List.of(new Entered(disposition.text("status"), at)),
                Optional.empty());
    }

    private record Entered(String status, Instant at) {

        boolean isAwaiting() {
            return Words.tone(status).equals(AWAITS);
        }
    }

    private Timeline.Lane lane(int number, int top, List<Entered> entered, Optional<Instant> ended) {
        boolean isPresent = isAwaiting && number == disposition.number("attempt");
        List<Timeline.Bar> bars = new ArrayList<>();
        List<Timeline.End> ends = new ArrayList<>();
        for (int i = 0; i < entered.size(); i++) {
            Entered entry = entered.get(i);
            if (entry.isAwaiting()) {
                Instant until = i + 1 < entered.size()
                        ? entered.get(i + 1).at()
                        : ended.orElse(isPresent ? disposition.now() : entry.at());
                bars.add(bar(
                        entry.at(),
                        until,
                        entry.status().toLowerCase(java.util.Locale.ROOT),
                        Words.of(entry.status())));
            } else {
                ends.add(end(entry));
            }
        }
        return new Timeline.Lane(number, top, bars, ends, orphaned(number));
    }

    private Timeline.End end(Entered entry) {
        int x = scale.x(entry.at());
        String name = Words.of(entry.status());
        return new Timeline.End(
                x,
                Words.tone(entry.status()),
                name,
                name + " at " + Ages.moment(entry.at()),
                x > Timeline.RIGHT - NEAR_RIGHT);
    }

    private List<Timeline.Bar> orphaned(int attempt) {
        return disposition.rows("marks").stream()
                .filter(mark -> mark.number("attempt") == attempt)
                .map(mark -> {
                    Optional<Moment> recovered = mark.moment("recoveredAt");
                    Instant until = recovered.map(Moment::at).orElse(disposition.now());
                    String label = mark.flag("unknown") ? "Nobody knows: source is silent" : "Orphan";
                    return bar(
                            mark.moment("startsAt").orElseThrow().at(),
                            until,
                            recovered.isPresent() ? "recovered" : "orphan",
                            recovered.isPresent() ? label + ", recovered" : label);
                })
                .toList();
    }

    private Timeline.Bar bar(Instant from, Instant until, String tone, String label) {
        int x = scale.x(from);
        int width = Math.max(MIN_BAR, scale.x(until) - x);
        return new Timeline.Bar(
                x,
                width,
                tone,
                label.length() * LETTER < width ? label : "",
                label + " from " + Ages.moment(from) + " for " + Ages.of(Duration.between(from, until)));
    }

    private String summary(int attempts) {
        StringBuilder words = new StringBuilder("Timeline with ")
                .append(attempts == 1 ? "1 attempt" : attempts + " attempts")
                .append(". Now ")
                .append(Words.of(disposition.text("status")));
        disposition
                .moment("enteredAt")
                .ifPresent(at -> words.append(" since ").append(at.absolute()).append(" UTC"));
        disposition
                .moment("deadline", "at")
                .ifPresent(
                        at -> words.append(", deadline ").append(at.absolute()).append(" UTC"));
        return words.append('.').toString();
    }
}
