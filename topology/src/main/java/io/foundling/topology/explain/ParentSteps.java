package io.foundling.topology.explain;

import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.MemberResult;
import io.foundling.topology.lifecycle.Closing;
import io.foundling.topology.lifecycle.Closings;
import io.foundling.topology.lifecycle.Inspection.InspectedAttempt;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.parent.MemberCounting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says whose member a subject is, what the closing of its parent means for it, and how it counts in the settlement. */
final class ParentSteps {

    private final Findings findings;
    private final long settleGraceMs;
    private final List<Step> steps = new ArrayList<>();

    private ParentSteps(Findings findings, long settleGraceMs) {
        this.findings = findings;
        this.settleGraceMs = settleGraceMs;
    }

    static List<Step> of(Findings findings, long settleGraceMs) {
        ParentSteps of = new ParentSteps(findings, settleGraceMs);
        findings.inspection().decision().after().memberships().forEach(of::add);
        of.settlements(findings.evidence().subjectKey()).forEach(of::addOwn);
        return of.steps;
    }

    private void add(Membership membership) {
        Sentence member = new Sentence("Attempt " + membership.attempt() + ", begun " + Words.time(membership.beganMs())
                + ", is a member of " + membership.parent());
        boolean isNamed = findings.inspection().attempts().stream()
                .filter(attempt -> attempt.number() == membership.attempt())
                .anyMatch(InspectedAttempt::namesParent);
        member.goOn(isNamed ? "which its own event names" : "as the attempt before it", "L10");
        Closings known = findings.parents().of(membership.parent());
        List<Closing> closings = membership.begunMs().stream()
                .flatMap(begunMs -> known.closingOf(begunMs).stream())
                .distinct()
                .toList();
        if (closings.isEmpty()) {
            addOpen(membership, known, member);
        }
        steps.add(member.withoutTime().with("attempt", membership.attempt()).with("parent", membership.parent()));
        closings.forEach(closing -> addClosing(membership, closing, known));
    }

    private void addOpen(Membership membership, Closings known, Sentence member) {
        Optional<Closing> before = known.closedBefore(membership.beganMs());
        if (known.attempts().isEmpty()) {
            member.add("As far as is known here, that has not closed, so it sets no limit", "P7");
        } else if (before.isPresent()) {
            member.add(
                    "Attempt " + before.get().attempt() + " of that had closed before, at "
                            + Words.time(before.get().closedAtMs())
                            + ", so that its limit is " + Words.time(membership.beganMs()) + " + settleGrace "
                            + Words.duration(settleGraceMs) + " = "
                            + Words.time(Times.plus(membership.beganMs(), settleGraceMs))
                            + ", once it is sure that no later attempt of its parent has begun",
                    "P6",
                    "P7",
                    "P18");
        } else if (known.isUnknown(membership.beganMs())) {
            member.add("The attempt of it that this belongs to is not known here, so no closing concerns it", "P6");
        } else {
            member.add("The attempt of it that this belongs to is under way, so it sets no limit", "P6");
        }
    }

    private void addClosing(Membership membership, Closing closing, Closings known) {
        Sentence sentence = new Sentence("Attempt " + closing.attempt() + " of " + membership.parent() + " closed as "
                + closing.outcome() + ", not before this member began, so the member belongs to it");
        if (closing.outcome() == Status.CANCELLED) {
            sentence.add(
                    "Whatever the member awaited then has ended with that, and no limit later than that warns",
                    "P6",
                    "P9");
        } else if (Times.plus(closing.closedAtMs(), settleGraceMs) == Times.NEVER) {
            sentence.add("It sets no limit: that would be later than times go", "P6", "P7");
        } else if (!setsLimit(membership, closing)) {
            sentence.add(
                    "It sets no limit here: the member awaited nothing then, or its own limit was not later",
                    "P6",
                    "P7",
                    "P8");
        } else {
            sentence.add(
                    "Limit for what the member awaits then: " + Words.time(closing.closedAtMs()) + " + settleGrace "
                            + Words.duration(settleGraceMs) + " = "
                            + Words.time(Times.plus(closing.closedAtMs(), settleGraceMs)),
                    "P6",
                    "P7");
        }
        MemberResult result = MemberCounting.resultOf(membership, closing, () -> known);
        addCount(result, sentence);
        steps.add(sentence.at(closing.closedAtMs()).with("counts", result));
        if (result != MemberResult.NONE) {
            settlements(membership.parent()).stream()
                    .filter(settlement -> settlement.getAttempt() == closing.attempt())
                    .forEach(this::addSettlement);
        }
    }

    /** Whether a wait of the member is under the limit of a closing. */
    private boolean setsLimit(Membership membership, Closing closing) {
        long limitMs = Times.plus(closing.closedAtMs(), settleGraceMs);
        return findings.inspection().waits().stream()
                .anyMatch(wait -> wait.id().attempt() == membership.attempt()
                        && wait.limit().closedParent().equals(membership.parent())
                        && wait.limitMs() == limitMs);
    }

    private static void addCount(MemberResult result, Sentence sentence) {
        switch (result) {
            case NONE -> sentence.add("A later attempt of this subject counts there instead", "P12");
            case MOVED -> sentence.add("It counts there as moved", "P13");
            case ORPHANED -> sentence.add("It counts there as missing", "P13");
            case COMPLETED, FAILED, SKIPPED, CANCELLED, RETIRED ->
                sentence.add("It counts there as returned, " + result, "P13");
        }
    }

    private List<Settlement> settlements(String parent) {
        return findings.evidence().parents().settlements().stream()
                .filter(settlement -> SubjectKey.of(settlement.getParent()).equals(parent))
                .toList();
    }

    private void addSettlement(Settlement settlement) {
        boolean isNamed = settlement.getMissing().contains(findings.evidence().subjectKey());
        steps.add(settlement(settlement)
                .add("This subject is " + (isNamed ? "" : "not ") + "named among the missing" + named(settlement))
                .withoutTime());
    }

    private void addOwn(Settlement settlement) {
        Sentence sentence = settlement(settlement);
        if (!settlement.getMissing().isEmpty()) {
            sentence.add("Missing" + named(settlement) + ": " + String.join(", ", settlement.getMissing()));
        }
        steps.add(sentence.withoutTime());
    }

    /** A settlement names so many members and no more. */
    private static String named(Settlement settlement) {
        int named = settlement.getMissing().size();
        return named < settlement.getOrphaned()
                ? ", of which the first " + named + " of " + settlement.getOrphaned() + " are named"
                : "";
    }

    private static Sentence settlement(Settlement settlement) {
        long returned = settlement.getReturned().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        String announced = settlement.getExpected() == null ? "" : "announced " + settlement.getExpected() + ", ";
        return new Sentence("The settlement of attempt " + settlement.getAttempt() + " of "
                        + SubjectKey.of(settlement.getParent()) + " says: " + announced + "members "
                        + settlement.getDeferred() + ", returned " + returned + ", moved " + settlement.getMoved()
                        + ", missing " + settlement.getOrphaned())
                .by("P14");
    }
}
