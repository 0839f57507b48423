package io.foundling.console.policies;

import io.foundling.console.access.Caller;
import io.foundling.console.web.ProblemException;
import io.foundling.topology.settings.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The trials that this process runs, one at a time, because each reads whole topics and holds two ledgers in memory. A
 * second one is refused meanwhile. Results stay in memory for an hour, fewer of them the more they hold, and end with the
 * process. Any thread.
 */
public final class Trials implements AutoCloseable {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MOST_KEPT = 20;
    private static final int MOST_WARNINGS = 50_000;
    private static final String RETRY_AFTER_S = "30";
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final TrialSite site;
    private final TrialLimits limits;
    private final InstantSource clock;

    /** The latest last. */
    private final Deque<TrialRun> known = new ArrayDeque<>();

    private final ExecutorService runner;

    public Trials(TrialSite site, TrialLimits limits, InstantSource clock) {
        this.site = site;
        this.limits = limits;
        this.clock = clock;
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1, 1, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Trials::thread);
        one.allowCoreThreadTimeOut(true);
        runner = one;
    }

    /** Reading and answering come first. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "foundling-trial");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /** Returns the policies in force that a caller may see, as YAML to edit. */
    public String inForce(Caller caller) {
        return site.written(VisiblePolicies.of(site.inForce(), caller::maySee).visible());
    }

    /**
     * Begins a trial. Policies in force that the caller may not see count on both sides.
     *
     * @param yaml the policies that would be in force instead of those that the caller may see
     * @throws InvalidPoliciesException if they cannot be used
     * @throws ProblemException if a trial runs
     */
    public TrialRun begin(Caller caller, String yaml, Window window) {
        PolicySet others = site.read(yaml);
        VisiblePolicies inForce = VisiblePolicies.of(site.inForce(), caller::maySee);
        TrialRun.Asked asked =
                new TrialRun.Asked(UUID.randomUUID(), caller, inForce.with(others), window, clock.instant());
        TrialRun run = new TrialRun(asked, site.changes(inForce.visible(), others));
        synchronized (this) {
            forget();
            known.stream().filter(Trials::isRunning).findFirst().ifPresent(other -> {
                throw busy(other, caller);
            });
            known.add(run);
            runner.execute(() -> new GuardedTrial(run, site, limits, clock).run());
        }
        return run;
    }

    private static boolean isRunning(TrialRun run) {
        return run.state() == TrialRun.State.RUNNING;
    }

    private static ProblemException busy(TrialRun other, Caller caller) {
        String whose = isOf(caller, other) ? "Your trial " + other.asked().id() : "A trial of somebody else";
        return ProblemException.of(
                        409,
                        whose + " has been running since " + other.asked().startedAt()
                                + ", and a console runs one at a time; try again later"
                                + (isOf(caller, other) ? ", or stop it" : ""))
                .header("Retry-After", RETRY_AFTER_S);
    }

    private static boolean isOf(Caller caller, TrialRun run) {
        Caller began = run.asked().caller();
        return began.name().equals(caller.name()) && began.sources().equals(caller.sources());
    }

    /** The latest result stays, however much it holds. */
    private void forget() {
        Instant now = clock.instant();
        known.removeIf(run -> run.ending()
                .filter(ending -> ending.at().plus(KEPT).isBefore(now))
                .isPresent());
        while (known.size() >= MOST_KEPT || known.size() > 1 && warnings() > MOST_WARNINGS) {
            known.remove();
        }
    }

    private long warnings() {
        return known.stream().mapToLong(TrialRun::size).sum();
    }

    /** Returns a trial of this caller. */
    public TrialRun known(Caller caller, UUID id) {
        return known(caller).stream()
                .filter(run -> run.asked().id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.of(
                        404,
                        "This console knows no trial of yours with the id " + id + ": one is forgotten "
                                + KEPT.toMinutes()
                                + " minutes after its end, earlier if there are many, and with the process"));
    }

    /** Returns the trials of a caller, the latest first. */
    public synchronized List<TrialRun> known(Caller caller) {
        forget();
        List<TrialRun> own =
                new ArrayList<>(known.stream().filter(run -> isOf(caller, run)).toList());
        Collections.reverse(own);
        return own;
    }

    /** Has a trial of this caller end soon, without a result. */
    public TrialRun stop(Caller caller, UUID id) {
        TrialRun run = known(caller, id);
        run.stop();
        return run;
    }

    /** Stops what runs. */
    @Override
    public void close() {
        synchronized (this) {
            known.forEach(TrialRun::stop);
        }
        runner.shutdown();
        try {
            if (!runner.awaitTermination(CLOSE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                runner.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            runner.shutdownNow();
        }
    }
}
