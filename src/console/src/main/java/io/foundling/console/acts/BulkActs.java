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

    /** Returns whether there was room for it. Those that are over make room. */
    synchronized boolean add(BulkAct act) {
        Instant now = clock.instant();
        known.values().removeIf(each -> each.isExpired(now));
        if (known.size() >= MOST) {
            known.values().stream()
                    .filter(each -> each.progress().state().isEnd())
                    .findFirst()
                    .map(each -> each.instruction().id())
                    .ifPresent(known::remove);
        }
        boolean hasRoom = known.size() < MOST;
        if (hasRoom) {
            known.put(act.instruction().id(), act);
        }
        return hasRoom;
    }

    synchronized Optional<BulkAct> find(UUID id) {
        return Optional.ofNullable(known.get(id)).filter(act -> !act.isExpired(clock.instant()));
    }

    synchronized void remove(BulkAct act) {
        known.remove(act.instruction().id(), act);
    }

    /** Returns all of them, the latest first. */
    synchronized List<BulkAct> all() {
        List<BulkAct> all = new ArrayList<>(known.values());
        all.removeIf(act -> act.isExpired(clock.instant()));
        all.sort(Comparator.comparing((BulkAct act) -> act.counted().at()).reversed());
        return all;
    }

    /** Returns whether it will run: not too many are waiting. */
    boolean start(BulkAct act, Consumer<BulkAct> run) {
        try {
            runner.execute(() -> run.accept(act));
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /** Stops what runs. What is under way is finished. */
    @Override
    public void close() {
        List<BulkAct> stopped = all().stream().filter(BulkActs::isToRun).toList();
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

    private static boolean isToRun(BulkAct act) {
        Progress.State state = act.progress().state();
        return state == Progress.State.WAITING || state == Progress.State.RUNNING;
    }
}
