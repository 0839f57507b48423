package io.foundling.topology.ledger;

import io.foundling.audit.Reconciled;
import io.foundling.topology.lifecycle.Texts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Checks and bounds what a Reconciled says (rules C1 and B4). Pure. */
final class CheckTranslation {

    static final int MAX_ERRORS = 100;

    private static final int MAX_RUN_DAYS = 2;
    private static final LocalDate EARLIEST =
            LocalDate.ofInstant(Instant.ofEpochMilli(EventTranslation.EARLIEST_MS), ZoneOffset.UTC);

    private CheckTranslation() {}

    /** Returns why a check cannot have run when it says: a date in the future would hide all later ones. */
    static Optional<String> impossible(Reconciled check, long occurredAtMs) {
        LocalDate latest = LocalDate.ofInstant(Instant.ofEpochMilli(occurredAtMs), ZoneOffset.UTC)
                .plusDays(MAX_RUN_DAYS);
        LocalDate runDate = check.getRunDate();
        return runDate.isBefore(EARLIEST) || runDate.isAfter(latest)
                ? Optional.of("runDate is " + runDate + "; expected a date from " + EARLIEST + " to " + latest
                        + ", two days after occurredAt")
                : Optional.empty();
    }

    static Reconciled bounded(Reconciled check) {
        List<String> errors = check.getErrors().stream()
                .limit(MAX_ERRORS)
                .map(error -> Texts.truncate(error, EventTranslation.MAX_TEXT_BYTES))
                .toList();
        return errors.equals(check.getErrors())
                ? check
                : Reconciled.newBuilder(check).setErrors(errors).build();
    }

    static String truncated(Reconciled check) {
        return "the check has " + check.getErrors().size() + " errors; expected at most " + MAX_ERRORS + " of at most "
                + EventTranslation.MAX_TEXT_BYTES + " bytes";
    }
}
