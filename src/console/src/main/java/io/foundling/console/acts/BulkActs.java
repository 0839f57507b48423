package io.foundling.console.acts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The acts on many subjects that this process knows: those that wait to be confirmed, those that run, one after
 * another, and those that have ended. It keeps a bounded number of them in memory, so they end with the process. Any
 * thread.
 */
final class BulkActs implements AutoCloseable {

    static final int MOST = 100;

    private static final Logger LOG = LoggerFactory.getLogger(BulkActs.class);
    private static final int WAITING = 8;
    private static final int SENDERS = 32;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final InstantSource clock;
    private final Map<UUID, BulkAct> known = new LinkedHashMap<>();
    private final ThreadPoolExecutor runner = pool(1, "foundling-acts", new ArrayBlockingQueue<>(WAITING));
    private final ThreadPoolExecutor senders = pool(SENDERS, "foundling-act", new LinkedBlockingQueue<>());

    BulkActs(InstantSource clock) {
        this.clock = clock;
    }

    private static ThreadPoolExecutor pool(
            int threads, String name, java.util.concurrent.BlockingQueue<Runnable> queue) {
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(threads, threads, IDLE.toSeconds(), TimeUnit.SECONDS, queue, daemons);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    ExecutorService senders() {
        return senders;
    }

    /** How an attempt to start an act ended. */
    enum Start {
        /** It will run, or was confirmed before. */
        STARTED,
        /** It is not known any more: its subjects were counted again with the same id, or its count has expired. */
        GONE,
        /** Too many are waiting. */
        FULL
    }

    /**
     * Adds a count, in place of one with the same id. Those that are over make room.
     *
     * @return what has this id now: an earlier act if that was confirmed meanwhile; none if there is no room
     */
    synchronized Optional<BulkAct> add(BulkAct act) {
        UUID id = act.instruction().id();
        BulkAct same = known.get(id);
        if (same != null && same.progress().state().isUnderWay()) {
            return Optional.of(same);
        }
        known.remove(id);
        Instant now = clock.instant();
        known.values().removeIf(each -> each.isExpired(now));
        if (known.size() >= MOST) {
            known.values().stream()
                    .filter(each -> each.progress().state().isEnd())
                    .findFirst()
                    .map(each -> each.instruction().id())
                    .ifPresent(known::remove);
        }
        if (known.size() >= MOST) {
            return Optional.empty();
        }
        known.put(id, act);
        return Optional.of(act);
    }

    synchronized Optional<BulkAct> find(UUID id) {
        return Optional.ofNullable(known.get(id)).filter(act -> !act.isExpired(clock.instant()));
    }

    /** Forgets a count, unless it was confirmed meanwhile: nobody could see or stop an act that is not known. */
    synchronized void withdraw(BulkAct act) {
        if (!act.progress().state().isUnderWay()) {
            known.remove(act.instruction().id(), act);
        }
    }

    /** Returns all of them, the latest first. */
    synchronized List<BulkAct> all() {
        List<BulkAct> all = new ArrayList<>(known.values());
        all.removeIf(act -> act.isExpired(clock.instant()));
        all.sort(Comparator.comparing((BulkAct act) -> act.counted().at()).reversed());
        return all;
    }

    /** Confirms an act, so that it will run once those before it have ended. */
    synchronized Start start(BulkAct act, Consumer<BulkAct> run) {
        UUID id = act.instruction().id();
        if (known.get(id) != act) {
            return Start.GONE;
        }
        if (!act.confirm()) {
            return Start.STARTED;
        }
        try {
            runner.execute(() -> run.accept(act));
            return Start.STARTED;
        } catch (RejectedExecutionException full) {
            known.remove(id);
            return Start.FULL;
        }
    }

    /** Stops the acts that run, after the events that they are recording. */
    @Override
    public void close() {
        List<BulkAct> stopped = all().stream()
                .filter(act -> act.progress().state().isUnderWay())
                .toList();
        stopped.forEach(BulkAct::stop);
        runner.shutdown();
        try {
            if (!runner.awaitTermination(CLOSE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                runner.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            runner.shutdownNow();
        }
        senders.shutdownNow();
        stopped.forEach(act -> LOG.atWarn()
                .addKeyValue("id", act.instruction().id())
                .addKeyValue("done", act.progress().done())
                .addKeyValue("left", act.left())
                .log("an act on many subjects has not done all"));
    }
}
