package io.foundling.topology.lifecycle.naive.model;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * What shows how fresh a declared scope is (rule F1). A time that does not exist is the greatest number.
 *
 * @param maxAgeMs empty if nothing is ever too old
 * @param end the type of the last end; empty without one
 */
public record NaiveFreshness(
        long declaredMs, Optional<Long> maxAgeMs, long warnedMs, long activeMs, Optional<FactType> end, long endMs) {

    static Optional<NaiveFreshness> of(NaivePlacing placing, Optional<Long> warnedMs, boolean isEnded) {
        List<Fact> all = placing.placed();
        int retired = -1;
        for (int i = 0; i < all.size(); i++) {
            retired = all.get(i).type() == FactType.RETIRED ? i : retired;
        }
        List<Fact> since = all.subList(retired + 1, all.size());
        List<Fact> declared =
                since.stream().filter(fact -> fact.type() == FactType.DECLARED).toList();
        if (declared.isEmpty()) {
            return Optional.empty();
        }
        Optional<Fact> end = since.stream().filter(fact -> isEnd(fact, placing)).reduce((a, b) -> b);
        return Optional.of(new NaiveFreshness(
                declared.get(0).occurredAtMs(),
                declared.stream()
                        .map(fact -> fact.numbers().durationMs())
                        .filter(maxAgeMs -> maxAgeMs != Fact.NOT_SAID)
                        .reduce((a, b) -> b),
                warnedMs.orElse(Times.NEVER),
                isEnded ? Times.NEVER : active(placing),
                end.map(Fact::type),
                end.map(Fact::occurredAtMs).orElse(Times.NEVER)));
    }

    private static boolean isEnd(Fact fact, NaivePlacing placing) {
        if (fact.type() != FactType.COMPLETED && fact.type() != FactType.FAILED) {
            return false;
        }
        return fact.attempt() == 0
                || placing.attempts().get(fact.attempt()).stream()
                        .filter(each -> each.type().isOutcome())
                        .findFirst()
                        .orElseThrow()
                        .equals(fact);
    }

    private static long active(NaivePlacing placing) {
        List<Integer> numbers = placing.numbersWithStatus();
        int attempt = numbers.get(numbers.size() - 1);
        FactType deciding = placing.deciding(attempt).type();
        if (!deciding.awaits() || deciding.status() == Status.EXPECTED) {
            return Times.NEVER;
        }
        long beganMs = placing.withStatus(attempt).stream()
                .filter(fact -> fact.type().status() != Status.EXPECTED)
                .findFirst()
                .orElseThrow()
                .occurredAtMs();
        NaiveWait present = NaiveWaits.of(placing, attempt, deciding).stream()
                .reduce((a, b) -> b)
                .orElseThrow();
        return present.key().extension() > 0 ? Math.max(beganMs, present.enteredAtMs()) : beganMs;
    }

    /** Returns the limit of each reason that applies (rule F2), under its maxAge. */
    public SortedMap<String, Long> limits() {
        LongUnaryOperator aged = beganMs -> maxAgeMs.isEmpty() ? Times.NEVER : NaiveOrder.add(beganMs, maxAgeMs.get());
        return limits(aged, aged);
    }

    /** Returns the same where it is due at every multiple of so many milliseconds. */
    public SortedMap<String, Long> limitsWhenDueEvery(long stepMs) {
        LongUnaryOperator next =
                beganMs -> beganMs > Times.NEVER - 2 * stepMs ? Times.NEVER : beganMs - beganMs % stepMs + stepMs;
        return limits(next, completedMs -> next.applyAsLong(next.applyAsLong(completedMs - 1)));
    }

    private SortedMap<String, Long> limits(LongUnaryOperator due, LongUnaryOperator fresh) {
        SortedMap<String, Long> limits = new TreeMap<>();
        if (end.isEmpty() && activeMs == Times.NEVER) {
            limits.put("NEVER_RAN", due.applyAsLong(declaredMs));
        }
        long freshMs = end.equals(Optional.of(FactType.COMPLETED)) ? fresh.applyAsLong(endMs) : Long.MIN_VALUE;
        long stuckMs = activeMs == Times.NEVER ? Times.NEVER : Math.max(due.applyAsLong(activeMs), freshMs);
        limits.put("STUCK", Math.min(warnedMs, stuckMs));
        if (end.equals(Optional.of(FactType.FAILED))) {
            limits.put("LAST_FAILED", endMs);
        } else if (end.isPresent()) {
            limits.put("TOO_OLD", fresh.applyAsLong(endMs));
        }
        limits.values().removeIf(limitMs -> limitMs == Times.NEVER);
        return limits;
    }
}
