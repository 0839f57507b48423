package io.foundling.client.internal.delivery;

import io.foundling.client.internal.spool.Position;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/**
 * What was read from the spool and not acknowledged to it yet, in order. For the sending thread, but for {@link Entry} and
 * {@link #leave}.
 */
final class FramesInFlight {

    /** How far one frame is. It changes on the producer's thread. */
    static final class Entry {

        private enum State {
            UNDER_WAY,
            FAILED,
            DONE
        }

        private final Position end;
        private final Optional<Sending> sending;
        private volatile State state = State.UNDER_WAY;

        private Entry(Position end, Optional<Sending> sending) {
            this.end = end;
            this.sending = sending;
        }

        /** Returns the ticket, if it was recorded in this process. */
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
     * Returns the entry from before the last {@link #rewind} for the frame that ends there.
     *
     * @param lost gets the entries before it that were not read again
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

    /** Ends what was not read again although there is nothing more to read. */
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

    /** Removes what is done from the front and returns its end, if there is any. */
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

    boolean isUnderWay() {
        return entries.stream().anyMatch(entry -> entry.state == Entry.State.UNDER_WAY);
    }

    /** Prepares for reading again from the first entry that is not done. */
    void rewind() {
        entries.forEach(entry -> {
            if (entry.state == Entry.State.FAILED) {
                entry.state = Entry.State.UNDER_WAY;
            }
        });
        while (!entries.isEmpty()) {
            again.addFirst(entries.removeLast());
        }
    }

    /** Gives every ticket back that is not done. */
    void leave(Throwable reason) {
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
