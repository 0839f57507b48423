package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All waits of a subject, by attempt, status and extension. */
final class NaiveWaits {

    private static final List<FactType> AWAITING = List.of(
            FactType.DECLARED,
            FactType.EXPECTED,
            FactType.OPENED,
            FactType.DEFERRED,
            FactType.PENDING,
            FactType.RETRYING);

    private NaiveWaits() {}

    /** @param isLost whether a wait that an extension or a restart would end was made an orphan by a closing before */
    static List<NaiveWait> of(NaivePlacing placing, Predicate<NaiveWait> isLost) {
        List<NaiveWait> waits = new ArrayList<>();
        for (int attempt : placing.attempts().keySet()) {
            for (FactType type : AWAITING) {
                waits.addAll(of(placing, attempt, type, isLost));
            }
        }
        return waits;
    }

    /** Returns the waits of one status in one attempt, none if the attempt does not hold it. */
    static List<NaiveWait> of(NaivePlacing placing, int attempt, FactType type) {
        return of(placing, attempt, type, wait -> false);
    }

    private static List<NaiveWait> of(NaivePlacing placing, int attempt, FactType type, Predicate<NaiveWait> isLost) {
        List<Fact> ofStatus = placing.withStatus(attempt).stream()
                .filter(fact -> fact.type() == type)
                .toList();
        if (ofStatus.isEmpty()
                || type.status() == Status.EXPECTED
                        && placing.expected(attempt).orElseThrow().type() != type) {
            return List.of();
        }
        Fact first = ofStatus.get(0);
        Status status = type.status();
        List<NaiveWait> waits = new ArrayList<>();
        int extension = 0;
        long enteredAtMs = first.occurredAtMs();
        long enteredGivenMs = first.event().appendedAtMs();
        long graceMs = first.deadline().graceMs();
        NaiveLimit limit = NaiveLimit.givenBy(first, graceMs, first.deadline().rule());
        String waitingOn = "";
        boolean repeatedInTime = false;
        for (Fact moving : countedRepeatsAndExtensions(placing, attempt, first)) {
            NaiveWait before = new NaiveWait(
                    new NaiveWait.Key(attempt, status, extension),
                    enteredAtMs,
                    enteredGivenMs,
                    limit,
                    waitingOn,
                    OptionalLong.of(moving.occurredAtMs()));
            boolean inTime = moving.occurredAtMs() <= before.limitMs();
            boolean isExtension = moving.type() == FactType.EXTENDED;
            if (!isExtension && (inTime || repeatedInTime || !canRestart(moving, placing, attempt))) {
                repeatedInTime |= inTime;
                continue;
            }
            if (!inTime && isLost.test(before)) {
                continue;
            }
            if (!inTime) {
                waits.add(isExtension ? before : before.endedByRestart());
                extension++;
                enteredAtMs = moving.occurredAtMs();
                enteredGivenMs = moving.event().appendedAtMs();
            }
            limit = NaiveLimit.givenBy(
                    moving,
                    graceMs,
                    isExtension ? "extended" : moving.deadline().rule());
            waitingOn = moving.texts().waitingOn().isEmpty()
                    ? waitingOn
                    : moving.texts().waitingOn();
        }
        waits.add(new NaiveWait(
                new NaiveWait.Key(attempt, status, extension),
                enteredAtMs,
                enteredGivenMs,
                limit,
                waitingOn,
                left(placing, attempt, type)));
        return waits;
    }

    /**
     * Returns the Extended facts and the repeats of the status that met it as the highest of its attempt, no later
     * attempt begun, in order.
     */
    private static List<Fact> countedRepeatsAndExtensions(NaivePlacing placing, int attempt, Fact first) {
        FactType type = first.type();
        return placing.attempts().get(attempt).stream()
                .filter(fact -> fact.type() == FactType.EXTENDED || fact.type() == type && fact != first)
                .filter(moving -> moving.deadline().expectation().isEmpty())
                .filter(moving -> highestRankBefore(moving, placing.withStatus(attempt)) == NaiveOrder.rank(type))
                .filter(moving -> placing.numbersWithStatus().stream()
                        .filter(number -> number > attempt)
                        .flatMap(number -> placing.withStatus(number).stream())
                        .noneMatch(fact -> NaiveOrder.IN_ORDER.compare(fact, moving) < 0))
                .toList();
    }

    /** Whether nobody gave the attempt a number by then, and the repeat is more than a declaration. */
    private static boolean canRestart(Fact repeat, NaivePlacing placing, int attempt) {
        return repeat.type() != FactType.DECLARED
                && repeat.attempt() == 0
                && placing.attempts().get(attempt).stream()
                        .filter(fact -> NaiveOrder.IN_ORDER.compare(fact, repeat) < 0)
                        .noneMatch(fact -> fact.attempt() > 0);
    }

    private static int highestRankBefore(Fact extended, List<Fact> facts) {
        return facts.stream()
                .filter(fact -> NaiveOrder.IN_ORDER.compare(fact, extended) < 0)
                .mapToInt(fact -> NaiveOrder.rank(fact.type()))
                .max()
                .orElse(0);
    }

    private static OptionalLong left(NaivePlacing placing, int attempt, FactType type) {
        Stream<Fact> higher = placing.withStatus(attempt).stream()
                .filter(fact -> NaiveOrder.rank(fact.type()) > NaiveOrder.rank(type));
        Stream<Fact> next = placing.nextWithStatus(attempt).stream();
        return Stream.concat(higher, next).mapToLong(Fact::occurredAtMs).min();
    }
}
