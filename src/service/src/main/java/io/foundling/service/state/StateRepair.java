package io.foundling.service.state;

import io.foundling.schemas.failure.Causes;
import io.foundling.topology.store.DamagedEntryException;
import io.foundling.topology.store.NewerFormException;
import io.foundling.topology.store.Restoring;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens when a store is damaged. The first time in a run the state of the task is wiped and restored
 * from its changelog: Kafka Streams does that on the exceptions returned here. A second time the disk is blamed, and
 * the process stops. A single entry that cannot be decoded is no reason to stop: {@link MendedEntries} decides about it.
 *
 * <p>The same damage may be found several times before the store is open again: at the start, by the thread that gets
 * the task, and when the store is closed. That counts once.
 */
public final class StateRepair implements Restoring {

    private static final Logger LOG = LoggerFactory.getLogger(StateRepair.class);

    private final StateDirectory directory;
    private final Runnable repairs;
    private final MendedEntries mended;
    private final Set<TaskId> repaired = new HashSet<>();
    private final Set<TaskId> underRepair = new HashSet<>();

    /** @param repairs called once for each repaired task */
    public StateRepair(StateDirectory directory, Runnable repairs, InstantSource clock) {
        this.directory = directory;
        mended = new MendedEntries(clock);
        this.repairs = repairs;
    }

    /**
     * Returns the exception to throw when a store could not be opened.
     *
     * @param wasEmpty whether the store was new, so that nothing in it can be damaged
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

    /** Returns the exception to throw when an open store failed. */
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

    /**
     * Decides whether a stream thread ended because of local state, or because another process took the name of this
     * instance.
     */
    public StateVerdict verdict(Throwable failure) {
        Optional<UnusableStateException> known = Causes.find(failure, UnusableStateException.class);
        if (known.isPresent()) {
            return new StateVerdict.Unusable(known.get());
        }
        Optional<NewerFormException> newer = Causes.find(failure, NewerFormException.class);
        if (newer.isPresent()) {
            return new StateVerdict.Unusable(
                    new UnusableStateException(newer.get().getMessage(), newer.get()));
        }
        if (Causes.find(failure, DamagedStateException.class).isPresent()
                || Causes.find(failure, DamagedEntryException.class).isPresent()) {
            return new StateVerdict.Restorable();
        }
        if (Causes.find(failure, FencedInstanceIdException.class).isPresent()) {
            return new StateVerdict.Unusable(directory.identityTaken(failure));
        }
        Optional<TaskId> task = StateFailures.task(failure);
        if (StateFailures.isDamage(failure) && task.isPresent()) {
            // Found by Kafka Streams itself, while it restores a store from its changelog.
            return repair(task.get(), failure)
                    .<StateVerdict>map(StateVerdict.Unusable::new)
                    .orElseGet(StateVerdict.Restorable::new);
        }
        return StateFailures.isOfState(failure)
                ? new StateVerdict.Unusable(directory.explain(failure))
                : new StateVerdict.Unconcerned();
    }

    /** Called on the stream thread that met the entry. If the answer is yes, the thread ends, and {@link #verdict} follows. */
    @Override
    public synchronized boolean restores(TaskId task, Bytes key) {
        if (!mended.begin(task, key)) {
            return false;
        }
        LOG.warn(
                "an entry of the state of task {} cannot be decoded; the task is restored from its changelog, which happens"
                        + " once for an entry and at most once an hour",
                task);
        repairs.run();
        return true;
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
