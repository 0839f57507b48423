package io.foundling.client.internal.spool;

/** What a reader finds next. */
public sealed interface SpoolEntry {

    /**
     * A payload as it was appended, and the description of its segment.
     *
     * @param description the same array for all frames of a segment, not to be changed
     * @param end what to acknowledge once the payload is delivered
     */
    record Frame(byte[] payload, byte[] description, Position end) implements SpoolEntry {}

    /**
     * Bytes that are no frames. A reader reports them once, however often it goes back.
     *
     * @param end where it goes on
     * @param bytes how many were skipped; how many frames they held cannot be known
     * @param tornTail whether they are what a crash in the middle of a write leaves: no frame that was completely written
     */
    record Damage(Position end, long bytes, boolean tornTail) implements SpoolEntry {}

    /** Everything that was written has been read. */
    record Nothing() implements SpoolEntry {}
}
