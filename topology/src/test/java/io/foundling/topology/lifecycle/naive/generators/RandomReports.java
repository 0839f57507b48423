package io.foundling.topology.lifecycle.naive.generators;

import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws what two reporters say of the runs of one subject, each by its own clock. Runs follow each other after a
 * moment, seconds or minutes. Some are killed and begin again after their window, some are reported by both.
 */
final class RandomReports {

    private static final long ORIGIN_MS = 1_700_000_000_000L;
    private static final int WINDOW_MS = 60_000;
    private static final List<FactType> STEPS = List.of(FactType.OPENED, FactType.DEFERRED, FactType.PENDING);
    private static final List<FactType> ENDS = List.of(
            FactType.COMPLETED,
            FactType.COMPLETED,
            FactType.COMPLETED,
            FactType.SKIPPED,
            FactType.FAILED,
            FactType.CANCELLED,
            FactType.RETRYING);
    private static final List<Integer> SKEWS_MS = List.of(0, 20, 1_000, 180_000, 600_000);
    private static final List<Integer> GAPS_MS = List.of(20, 2_000, 6_000, 20_000, 90_000, 400_000);

    private final Random random;
    private final RandomScenario.Numbering numbering;
    private final int[] skewsMs;
    private final int gapMs;
    private final List<FactType> steps = new ArrayList<>();
    private final boolean batched;
    private final List<NaiveEvent> events = new ArrayList<>();
    private int run = 1;

    RandomReports(Random random, RandomScenario.Numbering numbering) {
        this.random = random;
        this.numbering = numbering;
        skewsMs = new int[] {skewMs(), skewMs()};
        gapMs = any(GAPS_MS);
        batched = random.nextInt(3) == 0;
        STEPS.stream().filter(step -> random.nextInt(3) > 0).forEach(steps::add);
        if (steps.isEmpty()) {
            steps.add(any(STEPS));
        }
    }

    private int skewMs() {
        int most = any(SKEWS_MS);
        return random.nextInt(2 * most + 1) - most;
    }

    private <T> T any(List<T> among) {
        return among.get(random.nextInt(among.size()));
    }

    /** Returns exactly so many facts. */
    List<NaiveEvent> draw(int facts) {
        long nowMs = ORIGIN_MS;
        while (events.size() < facts) {
            String parent = batched ? "batch/s/t/" + (1 + random.nextInt(2)) : "";
            for (FactType step : steps) {
                nowMs += random.nextInt(gapMs);
                report(step, nowMs, parent);
            }
            boolean killed = random.nextInt(4) == 0;
            if (killed) {
                nowMs += WINDOW_MS / 2 + random.nextInt(WINDOW_MS);
            } else {
                nowMs += random.nextInt(gapMs);
                report(any(ENDS), nowMs, random.nextBoolean() ? parent : "");
                nowMs += random.nextInt(gapMs);
                run++;
            }
        }
        return List.copyOf(events.subList(0, facts));
    }

    private void report(FactType type, long atMs, String parent) {
        int reporter = random.nextInt(2);
        events.add(event(type, atMs + skewsMs[reporter], parent));
        if (random.nextInt(5) == 0) {
            events.add(event(type, atMs + random.nextInt(1_500) + skewsMs[1 - reporter], parent));
        }
        if (type.awaits() && random.nextInt(8) == 0) {
            long extendedAtMs = atMs + random.nextInt(2 * WINDOW_MS);
            events.add(NaiveEventDraft.of(FactType.EXTENDED, extendedAtMs)
                    .due(extendedAtMs + random.nextInt(WINDOW_MS))
                    .id(random.nextLong(), events.size())
                    .event());
        }
    }

    private NaiveEvent event(FactType type, long occurredAtMs, String parent) {
        NaiveEventDraft draft = NaiveEventDraft.of(type, occurredAtMs)
                .id(random.nextLong(), events.size())
                .parent(parent);
        if (type.awaits()) {
            draft.deadline(occurredAtMs + WINDOW_MS, "policy:p").grace(random.nextInt(2) * 1_000);
        }
        boolean numbered = numbering == RandomScenario.Numbering.ALL
                || numbering == RandomScenario.Numbering.MIXED && random.nextInt(3) == 0;
        return (numbered ? draft.attempt(run) : draft).event();
    }
}
