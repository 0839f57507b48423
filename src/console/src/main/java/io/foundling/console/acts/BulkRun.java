package io.foundling.console.acts;

import io.foundling.audit.Disposition;
import io.foundling.console.acts.ActListener.Outcome;
import io.foundling.console.acts.Progress.State;
import io.foundling.console.acts.Recording.Unrecorded;
import io.foundling.console.model.database.DatabaseFailure;
import io.foundling.console.model.query.Cursor;
import io.foundling.console.model.query.Found;
import io.foundling.console.model.query.Queries;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out an act on many subjects: page by page, each page in parallel, and the next one once the broker has
 * acknowledged all of it. It costs the memory of a page. While broker or database do not answer it tries again, for as
 * long as the settings say without any success. For one thread.
 */
final class BulkRun {

    private static final Logger LOG = LoggerFactory.getLogger(BulkRun.class);
    private static final int PAGE = 500;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final BulkAct act;
    private final Queries queries;
    private final Function<Target, Recording> recorder;
    private final ExecutorService senders;
    private final ActListener listener;
    private final InstantSource clock;
    private final long patienceNanos;
    private long lastSuccess;

    /** A subject, and what is known of it. */
    record Target(Instruction instruction, String key, Optional<Disposition> known) {}

    /** It cannot go on. */
    private static final class EndedEarlyException extends Exception {

        private static final long serialVersionUID = 1L;

        EndedEarlyException(String sentence) {
            super(sentence);
        }
    }

    BulkRun(
            BulkAct act,
            Queries queries,
            Function<Target, Recording> recorder,
            ExecutorService senders,
            ActListener listener,
            InstantSource clock,
            Duration patience) {
        this.act = act;
        this.queries = queries;
        this.recorder = recorder;
        this.senders = senders;
        this.listener = listener;
        this.clock = clock;
        patienceNanos = patience.toNanos();
    }

    void run() {
        act.begin(clock.instant());
        log("an act on many subjects begins");
        lastSuccess = System.nanoTime();
        try {
            walk();
            act.end(act.isStopped() ? State.STOPPED : State.DONE, Optional.empty(), clock.instant());
        } catch (EndedEarlyException early) {
            if (act.isStopped()) {
                act.end(State.STOPPED, Optional.empty(), clock.instant());
            } else {
                act.end(State.FAILED, Optional.of(early.getMessage()), clock.instant());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            act.end(State.STOPPED, Optional.of("the console was stopped"), clock.instant());
        } catch (ExecutionException | RuntimeException failure) {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("id", act.instruction().id())
                    .log("an act failed");
            act.end(
                    State.FAILED,
                    Optional.of("it failed unexpectedly; the log of the console has the reason"),
                    clock.instant());
        }
        log("an act on many subjects has ended");
    }

    /** The reason is not logged: it is in the trail, and it is a text of a caller. */
    private void log(String message) {
        Progress progress = act.progress();
        LOG.atInfo()
                .addKeyValue("id", act.instruction().id())
                .addKeyValue("act", act.instruction().act().name())
                .addKeyValue("actor", act.instruction().caller().name())
                .addKeyValue("counted", act.counted().subjects())
                .addKeyValue("state", progress.state())
                .addKeyValue("done", progress.done())
                .addKeyValue("left", act.left())
                .log(message);
    }

    private void walk() throws EndedEarlyException, ExecutionException, InterruptedException {
        Optional<Cursor> next = Optional.empty();
        do {
            Optional<Cursor> after = next;
            ActFilter.Keys page = asked(() -> act.filter().page(queries, after, PAGE));
            List<Target> targets = asked(() -> targets(page.keys()));
            actOn(targets);
            next = page.next();
        } while (next.isPresent() && !act.isStopped());
    }

    private List<Target> targets(List<String> keys) {
        Map<String, Disposition> known =
                queries.dispositions(keys).stream().collect(Collectors.toMap(Found::key, Found::record));
        return keys.stream()
                .map(key -> new Target(act.instruction(), key, Optional.ofNullable(known.get(key))))
                .toList();
    }

    private void actOn(List<Target> targets) throws EndedEarlyException, ExecutionException, InterruptedException {
        List<Target> left = new ArrayList<>();
        for (Target target : targets) {
            if (Targets.awaits(target.known()) || act.instruction().act() instanceof Act.Erase) {
                left.add(target);
            } else {
                count(Outcome.SKIPPED);
            }
        }
        Progress progress = act.progress();
        if (progress.done() + progress.failed() + left.size() > act.limit()) {
            throw new EndedEarlyException("the filter lists more than a tenth above the "
                    + act.counted().subjects() + " subjects that were confirmed; count again");
        }
        while (!left.isEmpty() && !act.isStopped()) {
            AtomicReference<String> refusal = new AtomicReference<>();
            List<Target> again = sent(left, refusal);
            if (again.size() < left.size()) {
                lastSuccess = System.nanoTime();
            }
            left = again;
            if (!left.isEmpty()) {
                pause(refusal.get());
            }
        }
    }

    /** Returns those that have to be sent again. After the first refusal no further one is sent. */
    private List<Target> sent(List<Target> targets, AtomicReference<String> refusal)
            throws ExecutionException, InterruptedException {
        List<Callable<Boolean>> calls = new ArrayList<>();
        targets.forEach(target -> calls.add(() -> isDealtWith(target, refusal)));
        List<Target> again = new ArrayList<>();
        List<Future<Boolean>> answers = senders.invokeAll(calls);
        for (int i = 0; i < targets.size(); i++) {
            if (!answers.get(i).get()) {
                again.add(targets.get(i));
            }
        }
        return again;
    }

    private boolean isDealtWith(Target target, AtomicReference<String> refusal) {
        if (refusal.get() != null || act.isStopped()) {
            return false;
        }
        Recording recording;
        try {
            recording = recorder.apply(target);
        } catch (JdbiException failed) {
            recording = new Unrecorded(DatabaseFailure.sentence(failed), true);
        }
        if (recording instanceof Unrecorded unrecorded && unrecorded.mayRepeat()) {
            refusal.compareAndSet(null, unrecorded.reason());
            return false;
        }
        count(recording instanceof Unrecorded ? Outcome.FAILED : Outcome.RECORDED);
        return true;
    }

    private void count(Outcome outcome) {
        act.add(outcome);
        listener.acted(act.instruction().act().name(), outcome);
    }

    private <T> T asked(Callable<T> question) throws EndedEarlyException, ExecutionException, InterruptedException {
        while (true) {
            try {
                return question.call();
            } catch (JdbiException failed) {
                pause(DatabaseFailure.sentence(failed));
            } catch (InterruptedException | RuntimeException failed) {
                throw failed;
            } catch (Exception impossible) {
                throw new ExecutionException(impossible);
            }
        }
    }

    /** Waits before another attempt. One that was stopped makes none, so that it ends although nothing answers. */
    private void pause(String reason) throws EndedEarlyException, InterruptedException {
        if (System.nanoTime() - lastSuccess > patienceNanos) {
            throw new EndedEarlyException("nothing was recorded for "
                    + Duration.ofNanos(patienceNanos).toSeconds() + " s: " + reason
                    + "; what is left can be done by the same filter with the same id");
        }
        act.pause(PAUSE);
        if (act.isStopped()) {
            throw new EndedEarlyException("it was stopped");
        }
    }
}
