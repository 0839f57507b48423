package io.foundling.console.policies;

import io.foundling.console.policies.TrialRun.Ending;
import io.foundling.console.policies.TrialRun.Result;
import io.foundling.console.policies.TrialRun.State;
import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.registry.RegistryUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one trial to an end within its limits, or until it is stopped. It throws nothing. For one thread. */
final class GuardedTrial implements TrialWatch {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedTrial.class);
    private static final String INSTEAD = "; foundling policies test FILE has no such limit";

    private final TrialRun run;
    private final TrialSite site;
    private final TrialLimits limits;
    private final InstantSource clock;

    private static final class EndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EndedException(String why) {
            super(why, null, false, false);
        }
    }

    GuardedTrial(TrialRun run, TrialSite site, TrialLimits limits, InstantSource clock) {
        this.run = run;
        this.site = site;
        this.limits = limits;
        this.clock = clock;
    }

    void run() {
        try {
            run.end(ended(State.DONE, Optional.empty(), Optional.of(result())));
        } catch (EndedException ended) {
            State state = run.isStopped() ? State.STOPPED : State.FAILED;
            run.end(ended(state, Optional.of(ended.getMessage()), Optional.empty()));
        } catch (TrailNotReadException | RegistryUnavailableException unread) {
            run.end(ended(State.FAILED, Optional.of(unread.getMessage()), Optional.empty()));
        } catch (RuntimeException | Error failure) {
            LOG.warn("a trial of policies failed", failure);
            run.end(ended(
                    State.FAILED,
                    Optional.of(
                            "the trial failed, and the log of the console has the reason: " + Causes.sentence(failure)),
                    Optional.empty()));
        }
    }

    private Ending ended(State state, Optional<String> problem, Optional<Result> result) {
        return new Ending(state, clock.instant(), problem, result);
    }

    private Result result() {
        try (TrialSite.Trail trail = site.open()) {
            TrialReport report = new PolicyTrial(trail.settings(), run.asked().onTrial(), this)
                    .run(counted(trail), run.asked().window(), run.asked().caller()::maySee);
            List<String> notes = new ArrayList<>(TrialNotes.of(report, trail.facts()));
            return new Result(report, notes);
        }
    }

    private Iterator<RecordedEvent> counted(Iterator<RecordedEvent> trail) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                goesOn();
                return trail.hasNext();
            }

            @Override
            public RecordedEvent next() {
                RecordedEvent event = trail.next();
                run.read(event);
                return event;
            }
        };
    }

    @Override
    public void goesOn() {
        if (run.isStopped()) {
            throw new EndedException("it was stopped");
        }
        Duration taken = Duration.between(run.asked().startedAt(), clock.instant());
        if (taken.compareTo(limits.time()) > 0) {
            throw new EndedException("it has taken longer than " + limits.time().toMinutes()
                    + " minutes, the most that a trial may take here" + INSTEAD);
        }
    }

    @Override
    public void holds(long entries) {
        if (entries > limits.entries()) {
            throw new EndedException("its ledgers hold more than " + limits.entries()
                    + " entries, the most that this process has memory for" + INSTEAD);
        }
    }
}
