package io.foundling.client.internal.spool;

import java.util.Comparator;

/** A position between two frames: the number of a segment and an offset in its file, in bytes. */
public record Position(long segment, long offset) implements Comparable<Position> {

    static final Position START = new Position(0, 0);

    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::segment).thenComparingLong(Position::offset);

    public Position {
        if (segment < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "a position is " + segment + ":" + offset + ", expected no negative number");
        }
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    boolean isBefore(Position other) {
        return compareTo(other) < 0;
    }

    @Override
    public String toString() {
        return segment + ":" + offset;
    }
}
