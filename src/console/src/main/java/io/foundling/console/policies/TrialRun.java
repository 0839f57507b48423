package io.foundling.console.policies;

import io.foundling.console.access.Caller;
import io.foundling.topology.settings.PolicySet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One trial of this process: for whom it is, how far it is, and how it ended. Any thread. */
public final class TrialRun {

    private final Asked asked;
    private final String changes;
    private volatile Progress progress = new Progress(0, Optional.empty());
    private volatile boolean isStopped;
    private volatile Optional<Ending> ending = Optional.empty();

    /**
     * What somebody wants to know.
     *
     * @param onTrial the other policies, all of them
     */
    public record Asked(UUID id, Caller caller, PolicySet onTrial, Window window, Instant startedAt) {}

    /** How many events were read, and when the last of them was appended. */
    public record Progress(long events, Optional<Instant> readUpTo) {}

    /** Whether it runs, or how it ended. */
    public enum State {
        RUNNING,
        DONE,
        STOPPED,
        FAILED
    }

    /**
     * How it ended.
     *
     * @param problem why it failed
     * @param result if it is done
     */
    public record Ending(State state, Instant at, Optional<String> problem, Optional<Result> result) {}

    /** What was found, and how far it can be relied upon. */
    public record Result(TrialReport report, List<String> notes) {}

    TrialRun(Asked asked, String changes) {
        this.asked = asked;
        this.changes = changes;
    }

    public Asked asked() {
        return asked;
    }

    /** Says which policies are others than those in force. */
    public String changes() {
        return changes;
    }

    public Progress progress() {
        return progress;
    }

    public State state() {
        return ending.map(Ending::state).orElse(State.RUNNING);
    }

    /** Returns how it ended; none while it runs. */
    public Optional<Ending> ending() {
        return ending;
    }

    /** Has it end soon. */
    void stop() {
        isStopped = true;
    }

    boolean isStopped() {
        return isStopped;
    }

    void read(RecordedEvent event) {
        progress = new Progress(progress.events() + 1, Optional.of(Instant.ofEpochMilli(event.appendedAtMs())));
    }

    void end(Ending how) {
        ending = Optional.of(how);
    }

    /** Returns how many warnings its result holds. */
    int size() {
        return ending.flatMap(Ending::result)
                .map(result -> result.report().warnings().size())
                .orElse(0);
    }
}
