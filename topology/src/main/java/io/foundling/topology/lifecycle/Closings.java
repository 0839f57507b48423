package io.foundling.topology.lifecycle;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What is known of the attempts of one parent. A member belongs to the first attempt, by number, that closed not before
 * the member began.
 *
 * @param attempts by number
 * @param reportedAt the append time that came with a closing (rule P10); asked only where that matters
 * @param readThroughMs every closing and reopening that happened before this has been read (rule P18)
 */
public record Closings(List<Closing> attempts, ToLongFunction<Closing> reportedAt, long readThroughMs) {

    /** Nothing is known of the parent, or it was forgotten. */
    public static final Closings UNKNOWN = new Closings(List.of());

    /** Closings that came with no append time, and are all that there are. */
    Closings(List<Closing> attempts) {
        this(attempts, closing -> Long.MIN_VALUE, Times.NEVER);
    }

    /** Whether nothing is known, or no longer, of the attempt that a member begun then belongs to. */
    public boolean isUnknown(long beganMs) {
        if (attempts.isEmpty()) {
            return true;
        }
        long previousMs = firstClosedFrom(beganMs)
                .orElse(attempts.get(attempts.size() - 1))
                .previousClosedAtMs();
        return previousMs != Times.NEVER && beganMs <= previousMs;
    }

    /** Returns the closed attempt that a member begun then belongs to. */
    public Optional<Closing> closingOf(long beganMs) {
        return isUnknown(beganMs) ? Optional.empty() : firstClosedFrom(beganMs);
    }

    /** Whether what began then belongs to an attempt, closed or under way, that is later than another one (rule P6). */
    public boolean isOfLater(int attempt, long beganMs) {
        if (isUnknown(beganMs)) {
            return false;
        }
        Closing last = attempts.get(attempts.size() - 1);
        Closing found = firstClosedFrom(beganMs).orElse(last);
        return found.attempt() > attempt && (!found.isClosed() || beganMs <= found.closedAtMs());
    }

    /** Returns the last closing before a member that belongs to no closed attempt; none if the parent is open. */
    public Optional<Closing> closedBefore(long beganMs) {
        if (isUnknown(beganMs) || firstClosedFrom(beganMs).isPresent()) {
            return Optional.empty();
        }
        Closing last = attempts.get(attempts.size() - 1);
        return last.isClosed() ? Optional.of(last) : Optional.empty();
    }

    private Optional<Closing> firstClosedFrom(long beganMs) {
        for (Closing closing : attempts) {
            if (closing.isClosed() && beganMs <= closing.closedAtMs()) {
                return Optional.of(closing);
            }
        }
        return Optional.empty();
    }
}
