package io.foundling.topology.lifecycle.truth;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Draws the life of a subject, run after run: each run ends in time, late, close to its limit, with the promise of
 * another try, or is killed without a word, and the next one begins so long after it as the circumstances say.
 */
final class SubjectLife {

    private static final long ORIGIN_MS = 1_700_000_000_000L;
    private static final int MOST_RUNS = 4;
    private static final int HOUR_MS = 3_600_000;
    private static final List<Integer> WINDOWS_MS = List.of(HOUR_MS, 4 * HOUR_MS, 24 * HOUR_MS);
    private static final List<Integer> GRACES_MS = List.of(0, 1, 60_000);
    private static final List<FactType> OUTCOMES = List.of(
            FactType.COMPLETED,
            FactType.COMPLETED,
            FactType.COMPLETED,
            FactType.COMPLETED,
            FactType.FAILED,
            FactType.SKIPPED,
            FactType.CANCELLED);

    private static final long SLOW_MS = 10_000;

    private enum Fate {
        IN_TIME,
        BEGUN_AGAIN_IN_TIME,
        NEAR_THE_LIMIT,
        LATE,
        RETRIED,
        KILLED
    }

    private final Circumstances circumstances;
    private final Random random;
    private final Flow flow;
    private final long windowMs;
    private final long graceMs;
    private final boolean byDueAt;
    private final int beats;
    private final Reporter dispatcher;
    private final Reporter worker;
    private final Reporter secondPoller;

    private final StringBuilder story = new StringBuilder();
    private final List<TrueWait> waits = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();
    private final int runs;
    private long nowMs = ORIGIN_MS;
    private int attempts;
    private Status status = Status.UNKNOWN;
    private boolean ambiguous;
    private Fate before = Fate.IN_TIME;

    private SubjectLife(Circumstances circumstances, Random random) {
        this.circumstances = circumstances;
        this.random = random;
        flow = any(List.of(Flow.values()));
        windowMs = any(WINDOWS_MS);
        graceMs = any(GRACES_MS);
        byDueAt = random.nextBoolean();
        beats = random.nextInt(12);
        dispatcher = Reporter.draw(circumstances.skewMs(), random);
        worker = flow == Flow.ALONE ? dispatcher : Reporter.draw(circumstances.skewMs(), random);
        secondPoller = Reporter.draw(circumstances.skewMs(), random);
        runs = 1 + random.nextInt(MOST_RUNS);
        story.append(circumstances)
                .append(' ')
                .append(flow)
                .append(", window ")
                .append(windowMs)
                .append(", grace ")
                .append(graceMs)
                .append(byDueAt ? " by dueAt" : " by policy")
                .append(", clocks ")
                .append(dispatcher.errorMs())
                .append(' ')
                .append(worker.errorMs());
    }

    static TrueSubject draw(Circumstances circumstances, long seed) {
        return new SubjectLife(
                        circumstances, new Random(seed * 31 + circumstances.gapMs() * 7 + circumstances.skewMs()))
                .live();
    }

    private TrueSubject live() {
        for (int run = 0; run < runs; run++) {
            live(run);
        }
        reports.sort(Comparator.comparingLong(Report::appendedAtMs));
        return new TrueSubject(
                circumstances,
                story.toString(),
                runs,
                attempts,
                status,
                ambiguous,
                List.copyOf(waits),
                List.copyOf(reports));
    }

    private void live(int run) {
        boolean last = run == runs - 1;
        Fate fate = fate();
        boolean isRestart = before == Fate.KILLED && !circumstances.numbered();
        ambiguous |= isRestart;
        if (!isRestart) {
            attempts++;
            status = Status.UNKNOWN;
        }
        long beganAtMs = nowMs;
        long leastMs = circumstances.racing() && fate != Fate.BEGUN_AGAIN_IN_TIME ? 0 : SLOW_MS;
        int reached = fate == Fate.KILLED && random.nextInt(3) == 0
                ? 1 + random.nextInt(flow.steps().size())
                : flow.steps().size();
        story.append("; run ").append(run + 1).append(' ').append(fate);

        List<TrueWait> entered = new ArrayList<>();
        long atMs = beganAtMs;
        for (Flow.Step step : flow.steps().subList(0, reached)) {
            boolean dispatched = step.role() == Flow.Role.DISPATCHER;
            if (!dispatched) {
                atMs += entered.isEmpty() ? 0 : leastMs + duration(windowMs / 4);
            }
            long happenedAtMs = dispatched ? beganAtMs + random.nextInt(20) : atMs;
            entered.add(enter(run, step.type(), happenedAtMs, reporterOf(step)));
        }
        long limitMs = entered.get(reached - 1).limitMs();
        if (flow.beats()) {
            for (int beat = 0; beat < beats; beat++) {
                atMs += windowMs / 4;
                report(run, FactType.EXTENDED, atMs, worker);
                limitMs = atMs + windowMs + graceMs;
            }
        }
        if (fate == Fate.BEGUN_AGAIN_IN_TIME) {
            atMs = beganAtMs + windowMs / 3;
            for (Flow.Step step : flow.steps()) {
                report(run, step.type(), atMs + random.nextInt(20), reporterOf(step));
            }
        }
        long endedAtMs = switch (fate) {
            case IN_TIME, RETRIED, BEGUN_AGAIN_IN_TIME -> atMs + leastMs + duration(windowMs / 4);
            case NEAR_THE_LIMIT -> limitMs + (long) ((2 * random.nextDouble() - 1) * circumstances.skewMs());
            case LATE -> limitMs + circumstances.toleranceMs() + 1 + duration(windowMs);
            case KILLED -> Times.NEVER;
        };
        long nextMs = fate == Fate.KILLED ? limitMs + circumstances.gapMs() : endedAtMs + circumstances.gapMs();
        for (int i = 0; i < reached; i++) {
            long leftAtMs = endedAtMs;
            if (i + 1 < reached) {
                leftAtMs = 0;
            } else if (fate == Fate.KILLED && !last) {
                leftAtMs = nextMs;
            }
            TrueWait wait = entered.get(i);
            waits.add(new TrueWait(
                    run, wait.status(), wait.enteredAtMs(), i + 1 == reached ? limitMs : wait.limitMs(), leftAtMs));
        }
        end(run, fate, endedAtMs, last ? Times.NEVER : nextMs);
        before = fate;
        nowMs = nextMs;
    }

    private Reporter reporterOf(Flow.Step step) {
        return step.role() == Flow.Role.DISPATCHER ? dispatcher : worker;
    }

    private Fate fate() {
        int drawn = random.nextInt(20);
        if (drawn == 0 && !circumstances.numbered() && !flow.beats()) {
            return Fate.BEGUN_AGAIN_IN_TIME;
        }
        return drawn < 12
                ? Fate.IN_TIME
                : drawn < 13 ? Fate.NEAR_THE_LIMIT : drawn < 15 ? Fate.LATE : drawn < 17 ? Fate.RETRIED : Fate.KILLED;
    }

    private TrueWait enter(int run, FactType type, long happenedAtMs, Reporter reporter) {
        reach(type.status());
        return new TrueWait(
                run,
                type.status(),
                report(run, type, happenedAtMs, reporter),
                happenedAtMs + windowMs + graceMs,
                Times.NEVER);
    }

    /** Keeps the highest status of an attempt, which several runs share if they were begun again without a number. */
    private void reach(Status next) {
        if (status == Status.UNKNOWN || next.ordinal() > status.ordinal()) {
            status = next;
        }
    }

    private void end(int run, Fate fate, long endedAtMs, long nextMs) {
        if (fate == Fate.KILLED) {
            return;
        }
        if (fate == Fate.RETRIED) {
            long claimedAtMs = report(run, FactType.RETRYING, endedAtMs, worker);
            waits.add(new TrueWait(run, Status.RETRYING, claimedAtMs, endedAtMs + windowMs + graceMs, nextMs));
            status = Status.RETRYING;
            return;
        }
        FactType outcome = any(OUTCOMES);
        report(run, outcome, endedAtMs, worker);
        status = outcome.status();
        boolean returned = outcome == FactType.COMPLETED || outcome == FactType.SKIPPED;
        if (returned && flow.isPolledTwice(circumstances.kind()) && random.nextInt(3) == 0) {
            ambiguous = true;
            report(run, FactType.PENDING, endedAtMs + duration(1_000), secondPoller);
        }
    }

    /** Reports what happened and returns when it happened by the reporter's clock. */
    private long report(int run, FactType type, long happenedAtMs, Reporter reporter) {
        long appendedAtMs = reporter.appendedAtMs(happenedAtMs, random);
        long claimedAtMs = reporter.claimedAtMs(happenedAtMs, appendedAtMs);
        NaiveEventDraft draft = NaiveEventDraft.of(type, claimedAtMs)
                .id(random.nextLong(), random.nextLong())
                .attempt(circumstances.numbered() ? run + 1 : 0);
        if (type == FactType.EXTENDED) {
            draft.due(claimedAtMs + windowMs);
        } else if (byDueAt && (type == FactType.DEFERRED || type == FactType.PENDING)) {
            draft.grace(graceMs).due(happenedAtMs + windowMs);
        } else if (type.awaits()) {
            draft.grace(graceMs).deadline(claimedAtMs + windowMs, "policy:p");
        }
        NaiveEvent event = draft.event();
        reports.add(new Report(event, run, appendedAtMs));
        if (random.nextInt(10) == 0) {
            reports.add(new Report(event, run, appendedAtMs + random.nextInt(30_000)));
        }
        story.append(", ")
                .append(type)
                .append(" +")
                .append(happenedAtMs - ORIGIN_MS)
                .append(" (")
                .append(claimedAtMs - ORIGIN_MS)
                .append(')');
        return claimedAtMs;
    }

    /** Returns a duration from 1 ms up to the greatest; short ones are as likely as long ones. */
    private long duration(long greatestMs) {
        return (long) Math.exp(random.nextDouble() * Math.log(greatestMs));
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
