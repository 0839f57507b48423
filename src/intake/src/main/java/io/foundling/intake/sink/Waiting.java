package io.foundling.intake.sink;

import io.foundling.client.LossReason;
import io.foundling.client.LostEventException;
import io.foundling.intake.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The events of one request, of which some are not known to be durable yet. Outcomes come from any thread. */
final class Waiting {

    private static final Set<LossReason> FOR_GOOD = EnumSet.of(LossReason.TOO_LARGE, LossReason.INVALID);
    private static final Outcome ACCEPTED = new Outcome.Accepted();

    private final AtomicReferenceArray<Outcome> outcomes;
    private final CountDownLatch unknown;

    Waiting(int events) {
        outcomes = new AtomicReferenceArray<>(events);
        unknown = new CountDownLatch(events);
    }

    void ended(int index, Outcome outcome) {
        outcomes.set(index, outcome);
        unknown.countDown();
    }

    /** @param failure null if the event is durable */
    static Outcome outcome(Throwable failure) {
        if (failure == null) {
            return ACCEPTED;
        }
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return cause instanceof LostEventException lost && FOR_GOOD.contains(lost.reason())
                ? new Outcome.Refused(lost.getMessage())
                : new Outcome.Unavailable("the event is not known to be durable: " + cause.getMessage());
    }

    /** Waits until all is known, or the time is over. An interrupt ends the wait, too. */
    List<Outcome> await(long leftNanos, Duration limit) {
        try {
            unknown.await(leftNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        Outcome[] known = new Outcome[outcomes.length()];
        for (int i = 0; i < known.length; i++) {
            Outcome outcome = outcomes.get(i);
            known[i] = outcome == null
                    ? new Outcome.Unavailable("the event was not known to be durable after " + limit.toSeconds()
                            + " s; it may still be recorded, a repeat with the same id counts once")
                    : outcome;
        }
        return Arrays.asList(known);
    }
}
