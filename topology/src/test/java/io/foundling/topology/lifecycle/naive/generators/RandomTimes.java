package io.foundling.topology.lifecycle.naive.generators;

import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Times close to a few shared anchors, so that what happens, what is due and the clock meet exactly, or miss by one.
 *
 * @param originMs where the scenario lies: long ago, in our days, or almost at the end of time
 */
record RandomTimes(long originMs, int spanMs, List<Integer> anchors) {

    private static final int SPAN = 40;
    private static final long FAR = 100_000_000;

    static RandomTimes draw(Random random) {
        List<Long> origins = List.of(0L, 1_000L, 1_700_000_000_000L, 1_700_000_000_000L, Long.MAX_VALUE - SPAN - 3);
        List<Integer> anchors = List.of(random.nextInt(SPAN), random.nextInt(SPAN), random.nextInt(SPAN));
        return new RandomTimes(origins.get(random.nextInt(origins.size())), SPAN, anchors);
    }

    /** Returns times close to some of those at which events happened and are due. */
    static RandomTimes of(List<NaiveEvent> events, Random random) {
        long originMs =
                events.stream().mapToLong(NaiveEvent::occurredAtMs).min().orElseThrow() - 1_000;
        List<Long> said = events.stream()
                .flatMap(event -> event.fact().stream())
                .flatMap(fact -> Stream.of(fact.occurredAtMs(), fact.deadline().atMs()))
                .filter(atMs -> atMs >= originMs && atMs < originMs + FAR)
                .toList();
        List<Integer> anchors = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            anchors.add((int) (said.get(random.nextInt(said.size())) - originMs));
        }
        return new RandomTimes(originMs, Collections.max(anchors) + 1_000, anchors);
    }

    /** Whether arithmetic on these times saturates. */
    boolean extreme() {
        return originMs > Long.MAX_VALUE / 2;
    }

    /** Returns a time at an anchor or next to it, or somewhere in the span; never the end of time itself. */
    long near(Random random) {
        if (random.nextInt(3) == 0) {
            return originMs + random.nextInt(spanMs);
        }
        return originMs + anchors.get(random.nextInt(anchors.size())) + random.nextInt(3) - 1;
    }

    long afterEverything() {
        return originMs + FAR;
    }
}
