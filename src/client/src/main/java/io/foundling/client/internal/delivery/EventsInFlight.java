package io.foundling.client.internal.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The events that the producer has and that have no outcome yet, in the order in which it got them, so that they can be
 * sent again. Those that have ended are forgotten now and then, which costs little an event; their bytes are free at
 * once. Any thread; an event ends on other threads, without a call.
 */
final class EventsInFlight {

    private static final int FEW = 1_024;

    private final Deque<Sending> events = new ArrayDeque<>();
    private final AtomicLong endedBytes = new AtomicLong();
    private final long maxBytes;
    private long addedBytes;
    private long knownEndedBytes;
    private int forgetAt = FEW;

    /** @param maxBytes how many bytes the events may have, estimated; one event more fits always */
    EventsInFlight(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized void add(Sending sending) {
        events.addLast(sending);
        addedBytes += sending.bytes();
        sending.countAtEnd(endedBytes);
        if (events.size() >= forgetAt) {
            forgetEnded();
        }
    }

    /** Asks only when it must: the threads on which events end write to that number all the time. */
    synchronized boolean hasRoom() {
        if (addedBytes - knownEndedBytes >= maxBytes) {
            knownEndedBytes = endedBytes.get();
        }
        return addedBytes - knownEndedBytes < maxBytes;
    }

    /** Forgets the ended events at the front. Returns whether nothing is left. */
    synchronized boolean isEmpty() {
        while (!events.isEmpty() && events.peekFirst().hasEnded()) {
            events.removeFirst();
        }
        return events.isEmpty();
    }

    synchronized boolean hasUnanswered() {
        return events.stream().anyMatch(event -> !event.hasEnded() && !event.isToBeSentAgain());
    }

    synchronized List<Sending> toBeSentAgain() {
        return events.stream().filter(Sending::isToBeSentAgain).toList();
    }

    synchronized List<Sending> all() {
        return List.copyOf(events);
    }

    private void forgetEnded() {
        events.removeIf(Sending::hasEnded);
        forgetAt = Math.max(FEW, 2 * events.size());
    }
}
