package io.foundling.client.internal.delivery;

import io.foundling.client.internal.spool.Position;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/**
 * The frames that were read from the spool and are not acknowledged to it yet, in order. For the sending thread; only
 * the state of an {@link Entry}, {@link #leaveAll} and the end of a ticket may come from other threads.
 */
final class FramesInFlight {

    /** The state of one frame. It changes on the producer's thread. */
    static final class Entry {

        private enum State {
            IN_FLIGHT,
            FAILED,
            DONE
        }

        private final Position end;
        private final Optional<Sending> sending;
        private volatile State state = State.IN_FLIGHT;

        private Entry(Position end, Optional<Sending> sending) {
            this.end = end;
            this.sending = sending;
        }

        /** Returns the event and its ticket; empty if an earlier process recorded it. */
        Optional<Sending> sending() {
            return sending;
        }

        void done() {
            state = State.DONE;
        }

        void failed() {
            state = State.FAILED;
        }

        boolean isDone() {
            return state == State.DONE;
        }
    }

    private final Deque<Entry> entries = new ConcurrentLinkedDeque<>();
    private final Deque<Entry> again = new ConcurrentLinkedDeque<>();

    /**
     * Returns the entry that a frame had before the last {@link #rewind}.
     *
     * @param end the end of the frame
     * @param lost is called with the entries before it that were not read again
     */
    Optional<Entry> known(Position end, Consumer<Entry> lost) {
        while (!again.isEmpty() && again.peek().end.compareTo(end) <= 0) {
            Entry entry = again.remove();
            entries.add(entry);
            if (entry.end.equals(end)) {
                return Optional.of(entry);
            }
            skip(entry, lost);
        }
        return Optional.empty();
    }

    /** Called when nothing more can be read: ends the entries that were not read again. */
    void settle(Consumer<Entry> lost) {
        while (!again.isEmpty()) {
            entries.add(again.peek());
            skip(again.remove(), lost);
        }
    }

    Entry begin(Position end, Optional<Sending> sending) {
        Entry entry = new Entry(end, sending);
        entries.add(entry);
        return entry;
    }

    /** Removes the finished entries at the front and returns the end of the last of them. */
    Optional<Position> acknowledge() {
        Optional<Position> end = Optional.empty();
        while (!entries.isEmpty() && entries.peek().isDone()) {
            end = Optional.of(entries.remove().end);
        }
        return end;
    }

    boolean isEmpty() {
        return entries.isEmpty() && again.isEmpty();
    }

    boolean hasUnanswered() {
        return entries.stream().anyMatch(entry -> entry.state == Entry.State.IN_FLIGHT);
    }

    /** Prepares for reading again from the first entry that is not finished. */
    void rewind() {
        entries.forEach(entry -> {
            if (entry.state == Entry.State.FAILED) {
                entry.state = Entry.State.IN_FLIGHT;
            }
        });
        while (!entries.isEmpty()) {
            again.addFirst(entries.removeLast());
        }
    }

    /** Fails the ticket of every entry that is not finished. */
    void leaveAll(Throwable reason) {
        entries.forEach(entry -> entry.sending.ifPresent(sending -> sending.left(reason)));
        again.forEach(entry -> entry.sending.ifPresent(sending -> sending.left(reason)));
    }

    private static void skip(Entry entry, Consumer<Entry> lost) {
        if (!entry.isDone()) {
            lost.accept(entry);
            entry.done();
        }
    }
}
