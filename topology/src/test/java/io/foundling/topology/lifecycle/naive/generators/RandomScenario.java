package io.foundling.topology.lifecycle.naive.generators;

import io.foundling.topology.lifecycle.naive.model.NaiveClocks;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What one subject goes through, drawn from a seed: the same seed gives the same scenario.
 *
 * @param events distinct events; at most as many facts as asked for, and some Annotated between them
 * @param steps the events in an arrival order, some twice, with looks between them; the clock rises, or is unset for a
 *     while
 * @param end a last look, at or after every clock of the steps, where the source has no delay any more
 */
public record RandomScenario(
        long seed,
        Numbering numbering,
        NaiveSettings settings,
        List<NaiveEvent> events,
        List<NaiveStep> steps,
        NaiveMoment end) {

    /** Which facts carry an attempt number. */
    public enum Numbering {
        ALL,
        NONE,
        MIXED
    }

    /** The most facts for which rule L14 holds. */
    public static final int MAX_FACTS = 64;

    public static RandomScenario of(long seed) {
        Random random = new Random(~seed);
        int limit = random.nextInt(4) == 0 ? MAX_FACTS : 12;
        return of(seed, Numbering.values()[random.nextInt(3)], 1 + random.nextInt(limit));
    }

    /** Returns a scenario of up to 20 facts of two reporters. */
    public static RandomScenario ofReports(long seed) {
        Random random = new Random(~seed);
        return ofReports(seed, Numbering.values()[random.nextInt(3)], 1 + random.nextInt(20));
    }

    /** Returns a scenario of exactly so many facts. */
    public static RandomScenario of(long seed, Numbering numbering, int facts) {
        Random random = new Random(seed * 31 + numbering.ordinal());
        RandomTimes times = RandomTimes.draw(random);
        boolean spooled = !times.extreme() && random.nextInt(3) == 0;
        RandomEvents source = new RandomEvents(random, times, numbering, spooled);
        List<NaiveEvent> events = source.draw(facts);
        NaiveSettings settings = new NaiveSettings(random.nextInt(25), random.nextInt(6))
                .with(new NaiveClocks(random.nextInt(3) > 0, random.nextInt(20), random.nextInt(6)));
        return of(seed, numbering, settings, events, times, spooled, random);
    }

    /** Returns a scenario of so many facts that two reporters state, whose clocks differ by up to ten minutes. */
    public static RandomScenario ofReports(long seed, Numbering numbering, int facts) {
        Random random = new Random(seed * 37 + numbering.ordinal());
        List<NaiveEvent> events = new RandomReports(random, numbering).draw(facts);
        NaiveSettings settings =
                new NaiveSettings(100_000, 60_000).with(new NaiveClocks(random.nextInt(3) > 0, 300_000, 5_000));
        return of(seed, numbering, settings, events, RandomTimes.of(events, random), false, random);
    }

    private static RandomScenario of(
            long seed,
            Numbering numbering,
            NaiveSettings settings,
            List<NaiveEvent> events,
            RandomTimes times,
            boolean spooled,
            Random random) {
        List<NaiveEvent> arrivals = arrivals(events, random);
        RandomClosings closings = RandomClosings.draw(times, random);
        List<NaiveStep> steps = steps(arrivals, arrivals.size() + random.nextInt(6), times, closings, spooled, random);
        long end = spooled ? times.afterEverything() : Math.max(times.near(random), highestClock(steps));
        NaiveMoment last = new NaiveMoment(end, 0, closings.last());
        return new RandomScenario(seed, numbering, settings, events, steps, last);
    }

    /** Returns the events in another order of arrival, each at the clock of its position, with looks between them. */
    public List<NaiveStep> stepsFor(List<NaiveEvent> order) {
        List<NaiveStep> replayed = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            NaiveMoment moment = steps.get(i * steps.size() / order.size()).moment();
            replayed.add(new NaiveStep(Optional.of(order.get(i)), moment));
            if (i % 2 == 1) {
                replayed.add(new NaiveStep(Optional.empty(), moment));
            }
        }
        return replayed;
    }

    private static List<NaiveEvent> arrivals(List<NaiveEvent> events, Random random) {
        List<NaiveEvent> arrivals = new ArrayList<>(events);
        for (NaiveEvent event : events) {
            if (random.nextInt(6) == 0) {
                arrivals.add(event);
            }
        }
        Collections.shuffle(arrivals, random);
        if (random.nextBoolean()) {
            arrivals.sort((a, b) -> Long.compare(a.occurredAtMs(), b.occurredAtMs()));
        }
        return arrivals;
    }

    private static List<NaiveStep> steps(
            List<NaiveEvent> arrivals,
            int count,
            RandomTimes times,
            RandomClosings closings,
            boolean spooled,
            Random random) {
        List<Long> clocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clocks.add(times.near(random));
        }
        Collections.sort(clocks);
        int unset = random.nextInt(count);
        List<NaiveStep> steps = new ArrayList<>();
        Random repeats = new Random(clocks.get(0) * 41 + count);
        int arrived = 0;
        long delayMs = 0;
        long repeatMs = 0;
        for (int i = 0; i < count; i++) {
            boolean arrives = random.nextInt(count - i) < arrivals.size() - arrived;
            Optional<NaiveEvent> event = arrives ? Optional.of(arrivals.get(arrived++)) : Optional.empty();
            if (spooled && random.nextInt(3) == 0) {
                delayMs = random.nextInt(3) * random.nextInt(20);
            }
            if (repeats.nextInt(3) == 0) {
                repeatMs = repeats.nextInt(3) * (1 + repeats.nextInt(times.spanMs() / 6));
            }
            long clockMs = i == unset ? NaiveMoment.UNSET : clocks.get(i);
            steps.add(new NaiveStep(event, new NaiveMoment(clockMs, delayMs, closings.at(i, count), repeatMs)));
        }
        return steps;
    }

    private static long highestClock(List<NaiveStep> steps) {
        return steps.stream().mapToLong(step -> step.moment().clockMs()).max().orElseThrow();
    }
}
