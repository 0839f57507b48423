package io.foundling.service.state;

import io.foundling.schemas.failure.Causes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what follows when a store is damaged. The first time in a run the state of that task is wiped and restored from its
 * changelog, which is what Kafka Streams does on the exceptions returned here; a second time it is the disk.
 *
 * <p>The same damage may be met several times before the store is open again: by the start, by the thread that gets the task,
 * and by whatever closes it. That counts once.
 */
public final class StateRepair {

    private static final Logger LOG = LoggerFactory.getLogger(StateRepair.class);

    private final StateDirectory directory;
    private final Runnable repairs;
    private final Set<TaskId> repaired = new HashSet<>();
    private final Set<TaskId> underRepair = new HashSet<>();

    /** @param repairs is run once for each task that is repaired */
    public StateRepair(StateDirectory directory, Runnable repairs) {
        this.directory = directory;
        this.repairs = repairs;
    }

    /**
     * Returns what to throw where a store could not be opened.
     *
     * @param wasEmpty whether there was nothing yet: then nothing can have been damaged
     */
    StreamsException whileOpening(TaskId task, boolean wasEmpty, StreamsException failure) {
        if (!StateFailures.isDamage(failure)) {
            return failure;
        }
        if (wasEmpty) {
            return directory.explain(failure);
        }
        return repair(task, failure)
                .<StreamsException>map(why -> why)
                .orElseGet(() -> new TaskCorruptedException(Set.of(task)));
    }

    /** Returns what to throw where an open store failed. */
    StreamsException whileInUse(TaskId task, StreamsException failure) {
        if (!StateFailures.isDamage(failure) || failure instanceof DamagedStateException) {
            return failure;
        }
        return repair(task, failure)
                .<StreamsException>map(why -> why)
                .orElseGet(() -> new DamagedStateException("the state of task " + task + " is damaged", failure));
    }

    /** Notes that a store of a task is open and in order. */
    synchronized void opened(TaskId task) {
        underRepair.remove(task);
    }

    /** Decides on what ended a stream thread: state, or the loss of the name under which this instance owns it. */
    public StateVerdict verdict(Throwable failure) {
        Optional<UnusableStateException> known = Causes.find(failure, UnusableStateException.class);
        if (known.isPresent()) {
            return new StateVerdict.Unusable(known.get());
        }
        if (Causes.find(failure, DamagedStateException.class).isPresent()) {
            return new StateVerdict.Restorable();
        }
        if (Causes.find(failure, FencedInstanceIdException.class).isPresent()) {
            return new StateVerdict.Unusable(directory.identityTaken(failure));
        }
        Optional<TaskId> task = StateFailures.task(failure);
        if (StateFailures.isDamage(failure) && task.isPresent()) {
            // Met where no store of ours is asked: while a changelog is read into it.
            return repair(task.get(), failure)
                    .<StateVerdict>map(StateVerdict.Unusable::new)
                    .orElseGet(StateVerdict.Restorable::new);
        }
        return StateFailures.isOfState(failure)
                ? new StateVerdict.Unusable(directory.explain(failure))
                : new StateVerdict.Unconcerned();
    }

    private synchronized Optional<UnusableStateException> repair(TaskId task, Throwable failure) {
        if (underRepair.contains(task)) {
            return Optional.empty();
        }
        if (!repaired.add(task)) {
            return Optional.of(directory.damagedAgain(task, failure));
        }
        underRepair.add(task);
        LOG.warn(
                "the state of task {} is damaged; it is wiped and restored from its changelog: {}",
                task,
                StateFailures.reason(failure));
        repairs.run();
        return Optional.empty();
    }
}
