package io.foundling.topology.explain;

import io.foundling.audit.Deadline;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanMark;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Statuses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says plainly where the rules do not give what is published, and what the reason may be. */
final class DifferenceSteps {

    private final Findings findings;
    private final List<Step> steps = new ArrayList<>();

    private DifferenceSteps(Findings findings) {
        this.findings = findings;
    }

    static List<Step> of(Findings findings, Optional<Disposition> computed) {
        DifferenceSteps differences = new DifferenceSteps(findings);
        differences.compare(findings.evidence().disposition(), computed);
        return differences.steps;
    }

    private void compare(Optional<Disposition> published, Optional<Disposition> computed) {
        if (published.isEmpty() || computed.isEmpty()) {
            compareExistence(published.isPresent(), computed);
        } else {
            compare(published.get(), computed.get());
        }
        if (!steps.isEmpty()) {
            addReasons(published);
        }
    }

    private void compareExistence(boolean isPublished, Optional<Disposition> computed) {
        if (isPublished) {
            steps.add(Step.of("A disposition is published, and by these facts there is none."));
        } else if (computed.isPresent()) {
            Disposition found = computed.get();
            steps.add(Step.of("No disposition is published, and by these facts the subject is " + found.getStatus()
                    + " in attempt " + found.getAttempt() + "."));
            if (!Statuses.awaits(found.getStatus())) {
                steps.add(Step.of("The subject has ended, so retention may have removed its disposition.", "R1"));
            }
        }
    }

    private void compare(Disposition published, Disposition computed) {
        compare("status", published, computed, Disposition::getStatus);
        compare("attempt", published, computed, Disposition::getAttempt);
        compare("parent", published, computed, DifferenceSteps::parent);
        compare("time of entering", published, computed, Disposition::getEnteredAt);
        compare("deadline", published, computed, DifferenceSteps::deadline);
        compare("end with its parent", published, computed, Disposition::getEndedWithParentAt);
        compare("warnings", published, computed, DifferenceSteps::marks);
    }

    private void compare(String what, Disposition published, Disposition computed, Function<Disposition, Object> of) {
        Object there = of.apply(published);
        Object here = of.apply(computed);
        if (!Objects.equals(there, here)) {
            steps.add(Step.of("Published " + what + ": " + text(there) + ". By these facts: " + text(here) + ".")
                    .with("published", text(there))
                    .with("computed", text(here)));
        }
    }

    private static String parent(Disposition disposition) {
        return disposition.getParent() == null ? null : SubjectKey.of(disposition.getParent());
    }

    private static String deadline(Disposition disposition) {
        Deadline deadline = disposition.getDeadline();
        return deadline == null
                ? null
                : deadline.getAt() + " with grace " + Words.duration(deadline.getGrace()) + " by " + deadline.getRule();
    }

    private static String text(Object value) {
        return value == null ? "none" : value.toString();
    }

    private static String marks(Disposition disposition) {
        return disposition.getMarks().isEmpty()
                ? "none"
                : disposition.getMarks().stream().map(DifferenceSteps::mark).collect(Collectors.joining("; "));
    }

    /** Without when it was detected, which the ledger alone knows. */
    private static String mark(OrphanMark mark) {
        return mark.getStatus() + " of attempt " + mark.getAttempt()
                + (mark.getExtension() == 0 ? "" : " extension " + mark.getExtension()) + " since "
                + mark.getStartsAt() + " by " + mark.getRule()
                + (mark.getRecoveredAt() == null ? "" : ", recovered " + mark.getRecoveredAt())
                + (mark.getRecoveryReason() == null ? "" : " (" + mark.getRecoveryReason() + ")")
                + (mark.getUnknown() ? ", UNKNOWN" : "");
    }

    private void addReasons(Optional<Disposition> published) {
        findings.evidence()
                .trail()
                .completeSince()
                .map(Instant::toString)
                .ifPresent(since -> steps.add(Step.of("The trail is complete only since " + since
                        + ": events that were appended before may be missing here.")));
        Optional<Instant> newest = findings.events().stream()
                .filter(event -> event.effect() != Effect.REFUSED)
                .map(event -> Instant.ofEpochMilli(event.read().arrival().occurredAtMs()))
                .max(Instant::compareTo);
        if (published.isPresent()
                && newest.isPresent()
                && newest.get().isAfter(published.get().getLastOccurredAt())) {
            steps.add(Step.of(
                    "The trail has an event of " + newest.get() + ", and the latest fact of the disposition is of "
                            + published.get().getLastOccurredAt() + ": the ledger may not have read it yet."));
        }
        steps.add(Step.of(
                "The explanation uses the policies in force now. What was left under former policies stays as it was"
                        + " judged then.",
                "T21"));
    }
}
