package io.foundling.service.listing;

import static io.foundling.service.table.Cells.age;
import static io.foundling.service.table.Cells.counts;
import static io.foundling.service.table.Cells.distance;
import static io.foundling.service.table.Cells.duration;
import static io.foundling.service.table.Cells.first;
import static io.foundling.service.table.Cells.subject;
import static io.foundling.service.table.Cells.value;
import static io.foundling.service.table.Column.context;
import static io.foundling.service.table.Column.key;
import static io.foundling.service.table.Column.right;
import static io.foundling.service.table.Column.text;
import static io.foundling.service.table.Column.whole;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.console.model.query.Classification;
import io.foundling.service.asking.Question;
import io.foundling.service.listing.Listing.Example;
import io.foundling.service.table.Column;
import java.util.List;

/** All lists. */
public final class Listings {

    static final Filter SOURCE = Filter.text("--source", "NAME", "Only subjects of this source.");
    static final Filter STAGE = Filter.text("--stage", "NAME", "Only subjects of this stage.");
    private static final Filter PARENT = Filter.text("--parent", "KEY", "Only members of this parent.");
    private static final Filter STATUS = Filter.oneOf("--status", Status.class, "Only subjects in this status");
    private static final Filter SINCE = Filter.moment("--since", "Only what is from then or later");
    private static final Filter UNTIL = Filter.moment("--until", "Only what is from before then");

    private static final Column KEY = key("KEY", value("/key"));
    private static final Column STATE = whole("STATUS", value("/status"));
    private static final Filter OWNER =
            Filter.text("--owner", "NAME", "Only sources and stages to which the policies in force give this owner.");
    private static final Filter LABEL = Filter.text(
            "--label", "NAME=VALUE", "Only sources and stages to which the policies in force give this label.");
    private static final Column SINCE_ENTERED = right("FOR", age("/enteredAt"));
    private static final Column ATTEMPT = right("ATTEMPT", value("/attempt"));

    private Listings() {}

    /** Returns those of {@code foundling list}. */
    public static List<Listing> all() {
        return List.of(
                awaiting(),
                orphans(),
                batches(),
                settlements(),
                scopes(),
                FindingListings.alerts(),
                FindingListings.violations(),
                FindingListings.deadLetters(),
                FindingListings.reconciliations(),
                FindingListings.sources(),
                events());
    }

    static Listing awaiting() {
        return Listing.paged(
                "awaiting",
                "Subjects of which something is still expected, the oldest first.",
                "awaiting",
                List.of(
                        SOURCE,
                        STAGE,
                        STATUS,
                        PARENT,
                        Filter.text(
                                "--min-age", "DURATION", "Only subjects that have had their status for longer, as 2h."),
                        new Filter(
                                "--order",
                                "order",
                                "ORDER",
                                "What comes first: oldest, or deadline, which leaves out subjects without one.",
                                Filter.Kind.TEXT,
                                List.of("oldest", "deadline")),
                        OWNER,
                        LABEL),
                dispositions(),
                new Example("What awaits, the oldest first", "list awaiting"),
                new Example(
                        "What of one source has been pending for more than two hours",
                        "list awaiting --source university --status PENDING --min-age 2h"),
                new Example("Which deadlines come next", "list awaiting --order deadline --limit 20"),
                new Example("What of the team registry awaits", "list awaiting --owner registry"));
    }

    private static List<Column> dispositions() {
        return List.of(
                STATE,
                SINCE_ENTERED,
                right("DEADLINE", distance("/deadline/at")),
                KEY,
                context("PARENT", subject("/parent")),
                text("DETAIL", first("/waitingOn", "/reason", "/detail")));
    }

    static Listing orphans() {
        return Listing.paged(
                "orphans",
                "Orphans of now, those that have been orphans for longest first.",
                "orphans",
                List.of(
                        SOURCE,
                        STAGE,
                        PARENT,
                        Filter.oneOf("--reason", OrphanReason.class, "Only orphans for this reason"),
                        SINCE,
                        OWNER,
                        LABEL),
                List.of(
                        whole("STATUS", value("/status")),
                        right("ORPHAN FOR", age("/startsAt")),
                        whole("REASON", value("/reason")),
                        KEY,
                        context("PARENT", subject("/parent")),
                        text("RULE", value("/rule")),
                        text(
                                "NOTE",
                                (row, now) -> note(
                                        row.path("unknown").asBoolean(),
                                        row.path("incomplete").asBoolean()))),
                new Example("The orphans of now", "list orphans"),
                new Example("Today's orphans of the team registry", "list orphans --since today --owner registry"),
                new Example(
                        "All orphans of a stage, for a spreadsheet",
                        "list orphans --source university --stage declaration --all --file orphans.csv"));
    }

    private static String note(boolean isUnknown, boolean isIncomplete) {
        if (isUnknown) {
            return "unknown: its source is silent";
        }
        return isIncomplete ? "incomplete: its source drops events" : "-";
    }

    static Listing batches() {
        return Listing.paged(
                        "batches",
                        "Batches, those with the latest news first.",
                        "parents",
                        List.of(SOURCE, STAGE),
                        List.of(
                                STATE,
                                SINCE_ENTERED,
                                ATTEMPT,
                                right("ANNOUNCED", value("/expectedMembers")),
                                right("DEADLINE", distance("/deadline/at")),
                                KEY),
                        new Example("The batches of now", "list batches"),
                        new Example("Those of one stage", "list batches --source university --stage payment-run"))
                .always("kind", "BATCH");
    }

    static Listing settlements() {
        return Listing.paged(
                "settlements",
                "Settlements of closed parents, the latest closing first.",
                "settlements",
                List.of(
                        SOURCE,
                        STAGE,
                        Filter.text("--parent", "KEY", "Only settlements of this parent."),
                        Filter.flag("--unsettled", "Only those that alert: members are missing, or too many.")),
                List.of(
                        whole("OUTCOME", value("/outcome")),
                        right("CLOSED", age("/closedAt")),
                        right("ANNOUNCED", value("/expected")),
                        right("DEFERRED", value("/deferred")),
                        right("MOVED", value("/moved")),
                        right("MISSING", value("/orphaned")),
                        right("UNSEEN", value("/unseen")),
                        key("PARENT", subject("/parent")),
                        ATTEMPT,
                        text("RETURNED", counts("/returned"))),
                new Example("Which closed batches miss members", "list settlements --unsettled"),
                new Example(
                        "The account of one batch",
                        "list settlements --parent batch/university/payment-run/2026-09-01"));
    }

    static Listing scopes() {
        return Listing.paged(
                "scopes",
                "Declared scopes by their keys, and how fresh they are.",
                "scopes",
                List.of(
                        SOURCE,
                        STAGE,
                        Filter.oneOf("--classification", Classification.class, "Only scopes that are so"),
                        Filter.text(
                                "--older-than",
                                "DURATION",
                                "The age that makes a scope stale, instead of what is declared or demanded by a policy.")),
                List.of(
                        whole("IS", value("/classification")),
                        right("STALE FOR", age("/since")),
                        whole("STATUS", value("/scope/status")),
                        right("LAST RUN", age("/scope/freshness/end/at")),
                        whole("ENDED", value("/scope/freshness/end/status")),
                        right("DUE EVERY", duration("/scope/freshness/maxAge")),
                        KEY),
                new Example("Which scopes are too old", "list scopes --classification TOO_OLD"),
                new Example("Which have not been completed for a day", "list scopes --older-than 24h"));
    }

    static Listing events() {
        return Listing.paged(
                "events",
                "Events of all subjects, the last one that was appended first.",
                "events",
                List.of(
                        SOURCE,
                        STAGE,
                        Filter.text("--fact", "NAME", "Only events with this body, as Deferred."),
                        SINCE,
                        UNTIL),
                eventColumns(),
                new Example("What a source reported in the last hour", "list events --source university --since 1h"));
    }

    private static List<Column> eventColumns() {
        return List.of(
                whole("OCCURRED", value("/occurredAt")),
                whole("FACT", value("/fact")),
                ATTEMPT,
                KEY,
                context("PARENT", subject("/parent")),
                text("SERVICE", value("/producer/service")),
                text(
                        "DETAIL",
                        first(
                                "/body/reason",
                                "/body/message",
                                "/body/waitingOn",
                                "/body/text",
                                "/detail",
                                "/body/dueAt")));
    }

    /** Returns the members of a parent, by {@code list members --parent KEY}. */
    public static Listing members(String parent, boolean onlyMissing) {
        return Listing.paged(
                "members",
                "The subjects whose parent this is at present, by their keys.",
                "parents/" + parent + (onlyMissing ? "/missing" : "/members"),
                List.of(STATUS),
                List.of(
                        STATE,
                        SINCE_ENTERED,
                        ATTEMPT,
                        right("DEADLINE", distance("/deadline/at")),
                        KEY,
                        text("DETAIL", first("/waitingOn", "/reason", "/detail"))));
    }

    /** Returns the events of a subject. */
    public static Listing trail(String subject) {
        return new Listing(
                "trail",
                "The events of a subject, in the order in which they happened.",
                Question.of("subjects/" + subject + "/trail"),
                true,
                List.of(),
                eventColumns().stream().filter(column -> !column.equals(KEY)).toList(),
                List.of());
    }
}
