package io.foundling.topology.lifecycle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Derives the waits of a subject from its placed facts (rules T9, T10, T11, T12 and B7). */
final class Waits {

    /** By rank, as the constants are declared. */
    private static final FactType[] AWAITING =
            Arrays.stream(FactType.values()).filter(FactType::awaits).toArray(FactType[]::new);

    private static final Comparator<Fact> BY_BEGINNING =
            Comparator.comparingLong(Fact::beganAtMs).thenComparing(Fact.TOTAL_ORDER);

    private Waits() {}

    /** Returns the waits of every awaiting status, by attempt, then rank, then extension. */
    static List<Wait> of(Placement placement) {
        List<Wait> waits = new ArrayList<>();
        for (AttemptFacts attempt : placement.attempts().values()) {
            OptionalLong next = placement
                    .next(attempt.number())
                    .map(AttemptFacts::startedAtMs)
                    .orElse(OptionalLong.empty());
            OptionalLong successor = placement.attempts().tailMap(attempt.number(), false).values().stream()
                    .flatMap(later -> later.facts().stream())
                    .filter(fact -> fact.type().hasStatus())
                    .mapToLong(Fact::occurredAtMs)
                    .min();
            for (FactType type : AWAITING) {
                attempt.first(type).ifPresent(entered -> {
                    OptionalLong higher = attempt.firstOccurredAbove(type.rank());
                    long left = earlier(higher, next);
                    long heldUntil = earlier(higher, successor);
                    add(attempt, entered, left, heldUntil, waits);
                });
            }
        }
        return waits;
    }

    private static long earlier(OptionalLong a, OptionalLong b) {
        return Math.min(a.orElse(Times.NEVER), b.orElse(Times.NEVER));
    }

    /**
     * Returns the extensions that happened while the attempt had the status, and no later attempt had begun, in the order
     * in which they began.
     */
    private static List<Fact> extensions(AttemptFacts attempt, Fact entered, long heldUntilMs) {
        List<Fact> extensions = new ArrayList<>();
        for (Fact fact : attempt.facts()) {
            if (!fact.type().hasStatus() && isWhile(fact, entered.occurredAtMs(), heldUntilMs)) {
                extensions.add(fact);
            }
        }
        for (Fact chain : attempt.passing()) {
            if (isWhile(chain, entered.occurredAtMs(), heldUntilMs)) {
                extensions.add(chain);
            }
        }
        extensions.sort(BY_BEGINNING);
        return extensions;
    }

    /** An extension has a higher rank than any status, and so comes after those of the same millisecond. */
    private static boolean isWhile(Fact extension, long enteredMs, long heldUntilMs) {
        return enteredMs < heldUntilMs && extension.occurredAtMs() >= enteredMs && extension.beganAtMs() < heldUntilMs;
    }

    private static void add(AttemptFacts attempt, Fact entered, long leftAtMs, long heldUntilMs, List<Wait> waits) {
        Wait wait = new Wait(
                new WaitId(attempt.number(), entered.type().status(), 0),
                entered.time(),
                Limit.own(entered.deadline()),
                entered.time(),
                entered.texts().waitingOn(),
                Times.NEVER);
        long coveredMs = Long.MIN_VALUE;
        for (Fact extension : extensions(attempt, entered, heldUntilMs)) {
            long beganMs = extension.beganAtMs();
            boolean inTime = beganMs <= wait.limitMs() || beganMs <= coveredMs || beganMs < entered.occurredAtMs();
            if (!inTime) {
                waits.add(wait.leftAt(beganMs));
                wait = wait.next(new FactTime(beganMs, extension.event().appendedAtMs()));
            }
            wait = extend(wait, extension, heldUntilMs);
            coveredMs = extension.chain().exists() ? Math.max(coveredMs, extension.occurredAtMs()) : coveredMs;
        }
        waits.add(wait.leftAt(leftAtMs));
    }

    private static Wait extend(Wait wait, Fact extension, long heldUntilMs) {
        String waitingOn = extension.texts().waitingOn();
        boolean isLast = extension.occurredAtMs() >= wait.given().occurredAtMs();
        return new Wait(
                wait.id().after(extension.chain().gaps()),
                wait.entered(),
                isLast ? extended(wait.limit(), extension, heldUntilMs) : wait.limit(),
                isLast ? extension.time() : wait.given(),
                waitingOn.isEmpty() ? wait.waitingOn() : waitingOn,
                Times.NEVER);
    }

    /** If the status was left within a chain, nobody knows any more which of its extensions was the last before that. */
    private static Limit extended(Limit limit, Fact extension, long heldUntilMs) {
        long deadlineMs =
                extension.occurredAtMs() < heldUntilMs ? extension.deadline().atMs() : Times.NEVER;
        return Limit.own(new Deadline(
                deadlineMs, limit.deadline().graceMs(), extension.deadline().rule()));
    }
}
