package io.foundling.topology.alert;

import io.foundling.audit.AlertType;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.Total;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in one English sentence what an alert is about. */
final class Summary {

    private Summary() {}

    static String of(Group group, AlertState alert) {
        if (group.type() == AlertType.SETTLEMENT) {
            return alert.total()
                    .settlement()
                    .map(figures -> alert.isFiring()
                            ? missing(parent(group) + ended(figures), figures)
                            : settled(parent(group), figures))
                    .orElse("Nothing is known any more of the members of " + parent(group));
        }
        return alert.isFiring() ? firing(group, alert.total()) : resolved(group);
    }

    /** Says why an alert that nobody ended resolves all the same, and what it said while it fired. */
    static String agedOut(Group group, AlertState fired) {
        String why = group.type() == AlertType.SETTLEMENT
                ? "its closing was reported longer than settlement.retention ago"
                : "nothing has changed for alerts.maxAge";
        return "Resolved by age, and not because anything was mended: " + why + ". Before: " + of(group, fired);
    }

    /** A task counts the names beyond maxStages together, without a name. */
    private static String place(Group group) {
        boolean isNamed = group.parts().stream().noneMatch(String::isEmpty);
        return isNamed ? String.join("/", group.parts()) : "further sources and stages";
    }

    /** Violations of subjects without a valid source and stage are among those without a name. */
    private static String orNone(Group group) {
        return group.parts().contains("") ? ", or without a valid one" : "";
    }

    private static String firing(Group group, Total total) {
        long count = total.count();
        String place = place(group);
        return switch (group.type()) {
            case ORPHANED ->
                count(count, "subject") + " of " + place + is(count, " is an orphan", " are orphans") + ": "
                        + reasons(total);
            case SUPERSEDED ->
                count(count, "attempt") + " of " + place + is(count, " was", " were")
                        + " followed by another attempt while still awaiting";
            case VIOLATIONS -> count(count, "violation") + " of the contract or the ledger in " + place + orNone(group);
            case GAP ->
                count(count, "offset") + " of topic " + place + is(count, " was", " were") + " deleted before "
                        + is(count, "it was", "they were") + " read";
            case CLOCK ->
                count(count, "audit clock") + is(count, " is", " are") + " paused"
                        + ": no warning is emitted there until everything has been read";
            case DELAYED_SOURCE ->
                "Events of " + source(group) + " have been appended late for an hour, in " + count(count, "partition")
                        + ": its subjects are judged later by as much. Where nothing is spooled, replayed or backfilled,"
                        + " a clock of its producers may be wrong";
            case SILENT_SOURCE ->
                "Nothing is read any more of " + source(group)
                        + ", which normally reports at this time: warnings of its"
                        + " subjects are marked UNKNOWN, and count nowhere, until it reports again";
            case STALE_SCOPE ->
                count(count, "scope") + " of " + place + is(count, " is", " are")
                        + " stale: never ran, stuck, failed last, or completed too long ago";
            case RECONCILIATION -> "The last check of " + count(count, "scope") + " of " + place + " did not pass";
            case VOLUME_ANOMALY -> count(count, "scope") + " of " + place + " counted far more or far less than before";
            case SETTLEMENT, UNKNOWN ->
                count(count, "problem") + " of " + words(group.type(), " ", false) + " in " + place;
        };
    }

    private static String reasons(Total total) {
        long overdue = total.count() - total.parentClosed();
        if (total.parentClosed() == 0) {
            return "still awaiting past " + is(overdue, "its deadline", "their deadlines");
        } else if (overdue == 0) {
            return "not back when " + is(total.count(), "its parent", "their parents") + " closed";
        }
        return overdue + " still awaiting past " + is(overdue, "its deadline", "their deadlines") + ", "
                + total.parentClosed() + " not back when " + is(total.parentClosed(), "its parent", "their parents")
                + " closed";
    }

    private static String resolved(Group group) {
        String place = place(group);
        return switch (group.type()) {
            case ORPHANED ->
                "No subject of " + place + " is an orphan any more, apart from missing members of closed parents";
            case SUPERSEDED -> "No superseded attempt in " + place + " awaits any more";
            case VIOLATIONS -> "No further violations in " + place + orNone(group);
            case GAP -> "No further offsets of topic " + place + " were deleted unread";
            case CLOCK -> "No audit clock is paused any more";
            case DELAYED_SOURCE -> "Events of " + source(group) + " are appended in time again";
            case SILENT_SOURCE -> "Nothing says any more that " + source(group) + " is silent";
            case STALE_SCOPE -> "No scope of " + place + " is stale any more";
            case RECONCILIATION -> "The last checks of all scopes of " + place + " have passed";
            case VOLUME_ANOMALY -> "All scopes of " + place + " count about as much as before";
            case SETTLEMENT, UNKNOWN ->
                "No problem of " + words(group.type(), " ", false) + " in " + place + " any more";
        };
    }

    private static String source(Group group) {
        String name = group.parts().get(0);
        return name.isEmpty() ? "further sources" : "source " + name;
    }

    private static String missing(String parent, Figures figures) {
        String of = " of " + parent + ",";
        List<String> parts = new ArrayList<>();
        if (figures.orphaned() > 0) {
            long neverBegan = figures.members().neverBegan();
            parts.add(figures.orphaned() + " of " + count(figures.deferred(), "member") + of + " did not come back"
                    + (neverBegan > 0 ? ", " + neverBegan + " of them never began" : ""));
        }
        if (figures.unseen() > 0) {
            parts.add(figures.unseen() + " of " + count(figures.expected(), "announced member")
                    + (parts.isEmpty() ? of : "") + is(figures.unseen(), " was", " were") + " never seen");
        }
        if (figures.more() > 0) {
            parts.add(figures.more() + is(figures.more(), " member", " members") + (parts.isEmpty() ? of : "")
                    + " came beyond the " + figures.expected() + " announced");
        }
        if (figures.unannounced() > 0) {
            parts.add(figures.unannounced() + is(figures.unannounced(), " member", " members")
                    + (parts.isEmpty() ? of : "") + is(figures.unannounced(), " was", " were") + " not announced");
        }
        return String.join("; ", parts);
    }

    private static String settled(String parent, Figures figures) {
        if (figures.closedAtMs() == Figures.OPEN) {
            return "The closing of " + parent + ", was taken back";
        } else if (figures.outcome() == Status.CANCELLED) {
            return "No member is waited for: " + parent + ", was cancelled";
        }
        return "Nobody is missing any more from " + parent + ended(figures) + " (" + count(figures.deferred(), "member")
                + ")";
    }

    /** Says how an attempt ended, unless it completed, as most do. */
    private static String ended(Figures figures) {
        return switch (figures.outcome()) {
            case FAILED -> ", which failed";
            case SKIPPED -> ", which was skipped";
            case CANCELLED -> ", which was cancelled";
            case COMPLETED, RETIRED, EXPECTED, OPEN, DEFERRED, PENDING, RETRYING, UNKNOWN -> "";
        };
    }

    private static String parent(Group group) {
        Subject parent = SubjectKey.parse(group.parent());
        return parent.getKind().name().toLowerCase(Locale.ROOT) + ' ' + parent.getId() + " (" + parent.getSource() + '/'
                + parent.getStage() + "), attempt " + group.attempt();
    }

    /** Returns a type as words: {@code STALE_SCOPE} as StaleScope or stale scope. */
    static String words(AlertType type, String between, boolean capital) {
        List<String> words = new ArrayList<>();
        for (String word : type.name().split("_")) {
            words.add(
                    capital
                            ? word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT)
                            : word.toLowerCase(Locale.ROOT));
        }
        return String.join(between, words);
    }

    private static String count(long count, String noun) {
        return count + " " + noun + is(count, "", "s");
    }

    private static String is(long count, String one, String many) {
        return count == 1 ? one : many;
    }
}
