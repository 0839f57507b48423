package io.foundling.console.model.upkeep;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.DatabaseFailure;
import io.foundling.console.model.database.Lock;
import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.model.table.Table;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes, from time to time, what the read model need not hold any more, and counts what it holds. Of several processes
 * with one database, only one does so at a time; each counts for itself. A thread of its own.
 */
public final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(15);
    private static final int COUNTING_SHARE = 20;

    private final Database database;
    private final Duration every;
    private final Duration trailKept;
    private final InstantSource clock;
    private final StaleRows staleRows;
    private final OldTrail oldTrail;
    private final Samples samples;
    private final Recount recount;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Contents contents = Contents.UNKNOWN;
    /** Whether a step of the pass before, or of this one, has failed. */
    private boolean hasFailed;

    private boolean isFailing;
    private long nextCountMs = Long.MIN_VALUE;

    /** @param trailKept how long rows of the trail are kept */
    public Upkeep(
            Database database, List<ModelTopic<?>> topics, Duration trailKept, Duration every, InstantSource clock) {
        this.database = database;
        this.every = every;
        this.trailKept = trailKept;
        this.clock = clock;
        Map<String, Table<?>> compacted = new HashMap<>();
        Map<Table<?>, List<String>> trail = new HashMap<>();
        Set<String> counted = new HashSet<>();
        for (ModelTopic<?> topic : topics) {
            if (topic.table().isCompacted() && topic.table().counting().isPresent()) {
                counted.add(topic.name());
            }
            if (topic.table().isCompacted()) {
                compacted.put(topic.name(), topic.table());
            } else {
                trail.computeIfAbsent(topic.table(), first -> new ArrayList<>()).add(topic.name());
            }
        }
        staleRows = new StaleRows(database, compacted, this::isClosing);
        oldTrail = new OldTrail(database, trail, this::isClosing);
        samples = new Samples(database, counted, this::isClosing);
        recount = new Recount(database, clock.millis());
        thread = new Thread(this::run, "console-upkeep");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Returns how much the read model held lately. */
    public Contents contents() {
        return contents;
    }

    private void run() {
        try {
            while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                pass();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass() {
        isFailing = false;
        step(() -> database.alone(Lock.UPKEEP, this::passAlone));
        step(this::count);
        hasFailed = isFailing;
    }

    /** Each step is done whether or not those before it fail. */
    private void passAlone() {
        long nowMs = clock.millis();
        long beforeMs = nowMs - trailKept.toMillis();
        step(() -> samples.take(nowMs));
        step(staleRows::delete);
        step(() -> oldTrail.deleteBefore(beforeMs));
        step(oldTrail::deleteWhileTooLarge);
        step(() -> deleteErasures(beforeMs));
        step(() -> samples.deleteBefore(beforeMs));
        step(() -> samples.shorten(nowMs));
        step(() -> recount.run(nowMs));
    }

    private void step(Runnable work) {
        try {
            if (!isClosing()) {
                work.run();
            }
        } catch (RuntimeException failed) {
            if (!hasFailed && !isFailing) {
                LOG.warn("the upkeep of the read model fails at present: {}", DatabaseFailure.sentence(failed));
            }
            LOG.debug("details", failed);
            isFailing = true;
        }
    }

    private void deleteErasures(long beforeMs) {
        database.write(handle -> handle.createUpdate("DELETE FROM erasure WHERE until_ms < :before")
                .bind("before", beforeMs)
                .execute());
    }

    /** Counting reads whole indexes, so it takes a twentieth of the time at most. */
    private void count() {
        long beginMs = clock.millis();
        if (beginMs >= nextCountMs) {
            contents = Contents.of(database);
            long endMs = clock.millis();
            nextCountMs = endMs + COUNTING_SHARE * (endMs - beginMs);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Asks it to end after what it does at present. */
    public void stop() {
        closing.countDown();
    }

    @Override
    public void close() {
        stop();
        try {
            thread.join(ENDS_WITHIN.toMillis());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
