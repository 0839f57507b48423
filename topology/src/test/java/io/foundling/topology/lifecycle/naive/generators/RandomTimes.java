package io.foundling.topology.lifecycle.naive.generators;

import java.util.List;
import java.util.Random;

/**
 * Times close to a few shared anchors, so that what happens, what is due and the clock meet exactly, or miss by one.
 *
 * @param originMs where the scenario lies: long ago, in our days, or almost at the end of time
 */
record RandomTimes(long originMs, List<Integer> anchors) {

    private static final int SPAN = 40;
    private static final long FAR = 1_000_000;

    static RandomTimes draw(Random random) {
        List<Long> origins = List.of(0L, 1_000L, 1_700_000_000_000L, 1_700_000_000_000L, Long.MAX_VALUE - SPAN - 3);
        List<Integer> anchors = List.of(random.nextInt(SPAN), random.nextInt(SPAN), random.nextInt(SPAN));
        return new RandomTimes(origins.get(random.nextInt(origins.size())), anchors);
    }

    /** Whether arithmetic on these times saturates. */
    boolean extreme() {
        return originMs > Long.MAX_VALUE / 2;
    }

    /** Returns a time at an anchor or next to it, or somewhere in the span; never the end of time itself. */
    long near(Random random) {
        if (random.nextInt(3) == 0) {
            return originMs + random.nextInt(SPAN);
        }
        return originMs + anchors.get(random.nextInt(anchors.size())) + random.nextInt(3) - 1;
    }

    long afterEverything() {
        return originMs + FAR;
    }
}
