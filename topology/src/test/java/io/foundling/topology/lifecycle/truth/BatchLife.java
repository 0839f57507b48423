package io.foundling.topology.lifecycle.truth;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveAttempt;
import io.foundling.topology.lifecycle.naive.model.NaiveClosing;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Draws the life of a batch that is used several times under the same id, and of the members that are deferred into it.
 * Members have no deadline of their own, so that only the closings of the batch say who is an orphan. What is known of
 * the closings comes from the rules under test, which read the reports of the batch.
 */
final class BatchLife {

    static final long SETTLE_GRACE_MS = 60_000;

    private static final String KEY = "batch/s/t/1";
    private static final long ORIGIN_MS = 1_700_000_000_000L;
    private static final int MOST_RUNS = 3;
    private static final int MEMBERS = 4;
    private static final int SHORTEST_MS = 10_000;
    private static final int LONGEST_MS = 3_600_000;

    private final Circumstances circumstances;
    private final Random random;
    private final Reporter dispatcher;
    private final Reporter worker;
    private final List<Report> reports = new ArrayList<>();
    private final List<TrueSubject> members = new ArrayList<>();

    private BatchLife(Circumstances circumstances, Random random) {
        this.circumstances = circumstances;
        this.random = random;
        dispatcher = Reporter.draw(circumstances.skewMs(), random);
        worker = Reporter.draw(circumstances.skewMs(), random);
        long nowMs = ORIGIN_MS;
        int runs = 1 + random.nextInt(MOST_RUNS);
        for (int run = 0; run < runs; run++) {
            boolean neverCloses = run == runs - 1 && random.nextInt(3) == 0;
            long closedAtMs = neverCloses ? Times.NEVER : nowMs + SHORTEST_MS + random.nextInt(LONGEST_MS);
            reports.add(report(run, NaiveEventDraft.of(FactType.OPENED, claimed(nowMs)), nowMs));
            for (int member = 0; member < MEMBERS; member++) {
                members.add(member(run, nowMs, closedAtMs));
            }
            if (!neverCloses) {
                FactType outcome = random.nextInt(5) == 0 ? FactType.FAILED : FactType.COMPLETED;
                reports.add(report(run, NaiveEventDraft.of(outcome, claimed(closedAtMs)), closedAtMs));
                nowMs = closedAtMs + circumstances.gapMs();
            }
        }
        reports.sort(Comparator.comparingLong(Report::appendedAtMs));
    }

    static BatchLife draw(Circumstances circumstances, long seed) {
        return new BatchLife(circumstances, new Random(seed * 31 + circumstances.gapMs() + circumstances.skewMs()));
    }

    /** Returns the members, whose only limit is the closing of their run of the batch. */
    List<TrueSubject> members() {
        return members;
    }

    /** Lets the rules read the reports of the batch, and returns what is known of its closings from which time on. */
    TreeMap<Long, Map<String, List<NaiveClosing>>> closings(LifecycleUnderTest batch) {
        TreeMap<Long, Map<String, List<NaiveClosing>>> known = new TreeMap<>();
        known.put(Long.MIN_VALUE, Map.of());
        for (Report report : reports) {
            batch.arrive(report.event(), NaiveMoment.unset());
            List<NaiveClosing> closings = new ArrayList<>();
            for (NaiveAttempt attempt : batch.view().orElseThrow().history()) {
                boolean closed = attempt.status() == Status.COMPLETED || attempt.status() == Status.FAILED;
                if (closed || !closings.isEmpty()) {
                    closings.add(
                            closed
                                    ? NaiveClosing.closed(attempt.attempt(), attempt.endedAtMs())
                                    : NaiveClosing.open(attempt.attempt()));
                }
            }
            known.put(report.appendedAtMs(), Map.of(KEY, List.copyOf(closings)));
        }
        return known;
    }

    private TrueSubject member(int run, long openedAtMs, long closedAtMs) {
        long deferredAtMs = openedAtMs + 100 + random.nextInt(SHORTEST_MS / 2);
        long limitMs = Times.plus(closedAtMs, SETTLE_GRACE_MS);
        long sparedMs = circumstances.toleranceMs() + 1;
        int fate = random.nextInt(4);
        long leftAtMs = Times.NEVER;
        if (fate == 1) {
            leftAtMs = closedAtMs == Times.NEVER ? Times.NEVER : limitMs + sparedMs + random.nextInt(LONGEST_MS);
        } else if (fate > 1) {
            long roomMs = Math.min(limitMs, openedAtMs + LONGEST_MS) - sparedMs - deferredAtMs;
            leftAtMs = deferredAtMs + 1 + random.nextInt((int) roomMs);
        }
        List<Report> of = new ArrayList<>();
        long claimedAtMs = claimed(deferredAtMs);
        of.add(report(0, NaiveEventDraft.of(FactType.DEFERRED, claimedAtMs).parent(KEY), deferredAtMs));
        if (leftAtMs != Times.NEVER) {
            of.add(report(0, NaiveEventDraft.of(FactType.COMPLETED, leftAtMs + worker.errorMs()), leftAtMs));
        }
        of.sort(Comparator.comparingLong(Report::appendedAtMs));
        return new TrueSubject(
                circumstances,
                "member deferred at +%d, batch closed at +%d, left at +%d, clocks %d %d"
                        .formatted(
                                deferredAtMs - ORIGIN_MS,
                                closedAtMs - ORIGIN_MS,
                                leftAtMs - ORIGIN_MS,
                                dispatcher.errorMs(),
                                worker.errorMs()),
                1,
                1,
                leftAtMs == Times.NEVER ? Status.DEFERRED : Status.COMPLETED,
                false,
                List.of(new TrueWait(0, Status.DEFERRED, claimedAtMs, limitMs, leftAtMs)),
                List.copyOf(of));
    }

    private long claimed(long happenedAtMs) {
        return happenedAtMs + dispatcher.errorMs();
    }

    private Report report(int run, NaiveEventDraft draft, long happenedAtMs) {
        NaiveEvent event = draft.id(random.nextLong(), random.nextLong())
                .attempt(circumstances.numbered() ? run + 1 : 0)
                .event();
        return new Report(event, run, dispatcher.appendedAtMs(happenedAtMs, random));
    }
}
