package io.foundling.console.policies;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Says how far the result of a trial can be relied upon, in sentences. */
public final class TrialNotes {

    private TrialNotes() {}

    public static List<String> of(TrialReport report, TrailFacts trail) {
        List<String> notes = new ArrayList<>();
        Window window = report.window();
        Coverage coverage = report.coverage();
        if (coverage.first().isEmpty()) {
            notes.add("The trail has no event up to " + window.until() + ", so there is nothing to compare.");
            return notes;
        }
        Instant first = coverage.first().get();
        notes.add("Both sets of policies are taken to have been in force since the trail begins, at " + first
                + ", with all other settings as they are in force.");
        if (first.isAfter(window.since())) {
            notes.add("The window begins at " + window.since()
                    + ", before the trail: nothing is known of the time between.");
        }
        if (trail.isCut()) {
            notes.add(
                    "Events before the trail were deleted from the topics. A subject, parent or scope that began before is"
                            + " judged by what is left of it, and a source may seem to begin with the trail.");
        }
        if (trail.unreadable() > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Records that cannot be decoded are left out, as a ledger leaves them out: %,d.",
                    trail.unreadable()));
        }
        if (!trail.withoutAppendTimes().isEmpty()) {
            notes.add("The records of " + String.join(", ", new TreeSet<>(trail.withoutAppendTimes()))
                    + " have times of their producers, which are taken for append times here: when a ledger read them is not"
                    + " known. message.timestamp.type=LogAppendTime on a topic gives append times.");
        }
        notes.add(
                "The ledgers on trial never lag. Limits are exact; a warning is emitted up to a minute later than by a"
                        + " ledger that runs. One whose limit comes after " + window.until() + " is not shown.");
        notes.add(
                "Settlements and violations are compared only as far as alerts follow from them; annotations of alerts are"
                        + " not compared.");
        return notes;
    }
}
