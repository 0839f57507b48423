package io.foundling.topology.lifecycle.naive.generators;

import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.NaiveClosing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What becomes known of the parents in the course of a scenario, in stages: nothing at first, then closings, corrected
 * ones, reopenings, and attempts that turn out to be open.
 */
record RandomClosings(List<Map<String, List<NaiveClosing>>> stages) {

    private static final List<String> PARENTS = List.of("batch/s/t/1", "batch/s/t/2");

    static RandomClosings draw(RandomTimes times, Random random) {
        List<Map<String, List<NaiveClosing>>> stages = new ArrayList<>();
        stages.add(Map.of());
        Map<String, List<NaiveClosing>> known = Map.of();
        int changes = random.nextInt(4);
        for (int change = 0; change < changes; change++) {
            Map<String, List<NaiveClosing>> changed = new HashMap<>(known);
            String parent = PARENTS.get(random.nextInt(PARENTS.size()));
            changed.put(parent, closings(times, random));
            known = Map.copyOf(changed);
            stages.add(known);
            if (random.nextInt(4) == 0) {
                // The parent is forgotten for a while.
                changed.remove(parent);
                stages.add(Map.copyOf(changed));
                stages.add(known);
            }
        }
        return new RandomClosings(stages);
    }

    private static List<NaiveClosing> closings(RandomTimes times, Random random) {
        List<NaiveClosing> closings = new ArrayList<>();
        int attempts = 1 + random.nextInt(3);
        long readThroughMs = random.nextInt(3) == 0 ? times.near(random) : Times.NEVER;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            long closedAtMs = random.nextInt(4) == 0 ? Times.NEVER : times.near(random);
            long reportedAtMs = random.nextInt(4) == 0 ? times.near(random) : Long.MIN_VALUE;
            closings.add(new NaiveClosing(attempt, closedAtMs, random.nextInt(6) > 0, reportedAtMs, readThroughMs));
        }
        return List.copyOf(closings);
    }

    /** Returns what is known at one of so many steps. */
    Map<String, List<NaiveClosing>> at(int step, int steps) {
        return stages.get(step * stages.size() / steps);
    }

    /** Returns what is known in the end, when all closures have been read. */
    Map<String, List<NaiveClosing>> last() {
        Map<String, List<NaiveClosing>> last = new HashMap<>();
        stages.get(stages.size() - 1)
                .forEach((parent, closings) -> last.put(
                        parent,
                        closings.stream()
                                .map(closing -> closing.readThrough(Times.NEVER))
                                .toList()));
        return Map.copyOf(last);
    }
}
