package io.foundling.service.listing;

import static io.foundling.service.listing.Listings.SOURCE;
import static io.foundling.service.listing.Listings.STAGE;
import static io.foundling.service.table.Cells.age;
import static io.foundling.service.table.Cells.duration;
import static io.foundling.service.table.Cells.subject;
import static io.foundling.service.table.Cells.value;
import static io.foundling.service.table.Column.key;
import static io.foundling.service.table.Column.right;
import static io.foundling.service.table.Column.text;
import static io.foundling.service.table.Column.whole;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.ViolationType;
import io.foundling.service.listing.Listing.Example;
import io.foundling.service.table.Column;
import java.util.List;
import java.util.Locale;

/** The lists of what was found, and of the sources. */
final class FindingListings {

    private static final Column KEY = key("KEY", value("/key"));
    private static final Column WRITTEN = right("AGE", age("/writtenAt"));

    private FindingListings() {}

    static Listing alerts() {
        return Listing.paged(
                "alerts",
                "Alerts, the latest first.",
                "alerts",
                List.of(
                        SOURCE,
                        STAGE,
                        Filter.oneOf("--status", AlertStatus.class, "Only alerts in this status"),
                        Filter.oneOf("--type", AlertType.class, "Only alerts of this type")),
                List.of(
                        whole("STATUS", value("/status")),
                        whole("TYPE", value("/type")),
                        right("COUNT", value("/count")),
                        right("SINCE", age("/startsAt")),
                        whole("OWNER", value("/labels/owner")),
                        KEY,
                        text("SUMMARY", value("/annotations/summary"))),
                new Example("What fires", "list alerts --status FIRING"));
    }

    static Listing violations() {
        return Listing.paged(
                "violations",
                "Events that contradict the ledger or the contract, the latest first.",
                "violations",
                List.of(
                        SOURCE,
                        STAGE,
                        Filter.oneOf("--type", ViolationType.class, "Only violations of this type"),
                        Filter.text("--subject", "KEY", "Only violations of this subject.")),
                List.of(
                        whole("TYPE", value("/type")),
                        WRITTEN,
                        right("ATTEMPT", value("/attempt")),
                        KEY,
                        text("SERVICE", value("/service")),
                        text("MESSAGE", value("/message"))),
                new Example("What producers of a source do wrong", "list violations --source university"));
    }

    static Listing deadLetters() {
        return Listing.paged(
                "dead-letters",
                "Records that could not be read or processed, the latest first.",
                "dead-letters",
                List.of(Filter.text("--reason", "REASON", "Only those for this reason, as WRONG_PARTITION.")),
                List.of(
                        whole("REASON", value("/reason")),
                        WRITTEN,
                        whole(
                                "FROM",
                                (row, now) -> value("/originTopic").of(row, now) + "-"
                                        + value("/originPartition").of(row, now) + "@"
                                        + value("/originOffset").of(row, now)),
                        right("BYTES", value("/valueSize")),
                        KEY,
                        text("MESSAGE", value("/message"))),
                new Example("The latest dead letters", "list dead-letters --limit 10"));
    }

    static Listing reconciliations() {
        return Listing.paged(
                "reconciliations",
                "Results of checks, the latest run date first.",
                "reconciliations",
                List.of(
                        SOURCE,
                        STAGE,
                        Filter.text("--scope", "KEY", "Only checks of this scope."),
                        Filter.oneOf("--status", CheckStatus.class, "Only checks with this result")),
                List.of(
                        whole("STATUS", value("/check/status")),
                        whole("RUN DATE", value("/check/runDate")),
                        whole("CHECK", value("/check/checkType")),
                        key("SCOPE", subject("/scope")),
                        right("SOURCE", value("/check/sourceRows")),
                        right("TARGET", value("/check/targetRows")),
                        right("DIFFERENT", value("/check/mismatchedRows")),
                        right("SOURCE ONLY", value("/check/sourceOnlyRows")),
                        right("TARGET ONLY", value("/check/targetOnlyRows"))),
                new Example(
                        "The checks of one scope", "list reconciliations --scope scope/university/declarations/daily"));
    }

    static Listing sources() {
        return Listing.paged(
                        "sources",
                        "The sources: how late their events are, and whether they are silent.",
                        "sources",
                        List.of(Filter.rows("--silent", "Only sources that are silent.")),
                        List.of(
                                whole("SOURCE", value("/source")),
                                right("SILENT FOR", age("/silentSince")),
                                right("DELAY", duration("/delayMs")),
                                right("HELD", value("/held")),
                                right(
                                        "EVENTS/MIN",
                                        (row, now) -> String.format(
                                                Locale.ROOT,
                                                "%.1f",
                                                row.path("eventsPerMinute").asDouble())),
                                right("CLOCK BEHIND", age("/clock"))),
                        new Example("How each source is", "list sources"),
                        new Example("Which sources are silent", "list sources --silent"))
                .whole();
    }
}
