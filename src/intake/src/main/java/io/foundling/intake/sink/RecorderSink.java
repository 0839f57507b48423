package io.foundling.intake.sink;

import io.foundling.audit.AuditEvent;
import io.foundling.console.web.ProblemException;
import io.foundling.intake.EventSink;
import io.foundling.intake.IntakeListener;
import io.foundling.intake.IntakeListener.Result;
import io.foundling.intake.Outcome;
import io.foundling.schemas.failure.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Gives events to a recorder and waits for all of a request together, up to a limit. An event whose time is over is answered as
 * unavailable although the recorder goes on with it: the caller repeats it with the same id, which counts once.
 */
public final class RecorderSink implements EventSink, AutoCloseable {

    /** What the objects of an event take beside its texts. */
    private static final int OBJECTS_BYTES = 256;

    private final DurableRecorder recorder;
    private final SinkSettings settings;
    private final IntakeListener listener;
    private final LongSupplier nanoTime;
    private final InFlight flight;

    public RecorderSink(DurableRecorder recorder, SinkSettings settings, IntakeListener listener) {
        this(recorder, settings, listener, System::nanoTime);
    }

    RecorderSink(DurableRecorder recorder, SinkSettings settings, IntakeListener listener, LongSupplier nanoTime) {
        this.recorder = recorder;
        this.settings = settings;
        this.listener = listener;
        this.nanoTime = nanoTime;
        flight = new InFlight(settings, nanoTime);
    }

    @Override
    public List<Outcome> record(List<AuditEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        long[] sizes = events.stream().mapToLong(RecorderSink::bytes).toArray();
        enter(sizes);
        List<Outcome> outcomes;
        try {
            outcomes = recordAll(events, sizes);
        } finally {
            flight.left();
        }
        count(outcomes);
        return outcomes;
    }

    /** Returns how many events wait to become durable. */
    public int inFlight() {
        return flight.events();
    }

    /** Returns a sentence if no event has become durable for long. */
    public Optional<String> problem() {
        return flight.isStalled()
                ? Optional.of("no event has become durable for "
                        + settings.limit().toSeconds() + " s, " + flight.events() + " wait")
                : Optional.empty();
    }

    /** Records what waits, as long as the recorder may take for its close. */
    @Override
    public void close() {
        recorder.close();
    }

    /** Returns about how much memory an event takes that waits. */
    private static long bytes(AuditEvent event) {
        try {
            return OBJECTS_BYTES + AuditEvent.getEncoder().encode(event).remaining();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void enter(long[] sizes) {
        long bytes = 0;
        for (long size : sizes) {
            bytes += size;
        }
        try {
            flight.enter(sizes.length, bytes);
        } catch (ProblemException refused) {
            boolean isOverload = refused.problem().status() == 429;
            listener.received(isOverload ? Result.OVERLOADED : Result.UNAVAILABLE, sizes.length);
            throw refused;
        }
    }

    private List<Outcome> recordAll(List<AuditEvent> events, long[] sizes) {
        long endNanos = nanoTime.getAsLong() + settings.limit().toNanos();
        Waiting waiting = new Waiting(events.size());
        for (int i = 0; i < sizes.length; i++) {
            if (nanoTime.getAsLong() - endNanos > 0) {
                end(
                        waiting,
                        i,
                        sizes[i],
                        new Outcome.Unavailable("the events before it took too long; it was not recorded"));
            } else {
                record(events.get(i), i, sizes[i], waiting);
            }
        }
        return waiting.await(endNanos - nanoTime.getAsLong(), settings.limit());
    }

    private void record(AuditEvent event, int index, long size, Waiting waiting) {
        try {
            recorder.record(event)
                    .whenComplete((durable, failure) -> end(waiting, index, size, Waiting.outcome(failure)));
        } catch (IllegalArgumentException invalid) {
            end(waiting, index, size, new Outcome.Refused(invalid.getMessage()));
        } catch (IllegalStateException closed) {
            end(
                    waiting,
                    index,
                    size,
                    new Outcome.Unavailable("the intake is being stopped; the event was not recorded"));
        } catch (RuntimeException | Error failed) {
            // Whatever it is, an event that waits for ever would take the room of others.
            end(
                    waiting,
                    index,
                    size,
                    new Outcome.Unavailable("the event was not recorded: " + Causes.sentence(failed)));
        }
    }

    private void end(Waiting waiting, int index, long size, Outcome outcome) {
        flight.ended(size, outcome instanceof Outcome.Accepted);
        waiting.ended(index, outcome);
    }

    private void count(List<Outcome> outcomes) {
        int accepted = 0;
        int refused = 0;
        for (Outcome outcome : outcomes) {
            accepted += outcome instanceof Outcome.Accepted ? 1 : 0;
            refused += outcome instanceof Outcome.Refused ? 1 : 0;
        }
        listener.received(Result.ACCEPTED, accepted);
        listener.received(Result.REFUSED, refused);
        listener.received(Result.UNAVAILABLE, outcomes.size() - accepted - refused);
    }
}
