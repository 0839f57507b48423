package io.foundling.client.internal.spool;

/** The next thing that a reader finds: a frame, damaged bytes, or the end of what was written. */
public sealed interface SpoolEntry {

    /**
     * A payload as it was appended, and the description of its segment.
     *
     * @param description the same array for all frames of a segment; must not be changed
     * @param end the position to acknowledge once the payload is delivered
     */
    record Frame(byte[] payload, byte[] description, Position end) implements SpoolEntry {}

    /**
     * Bytes that are not a frame. A reader reports them once, even if it reads them again.
     *
     * @param end where reading goes on
     * @param bytes how many bytes were skipped; how many frames they held cannot be known
     * @param tornTail whether a crash in the middle of a write left them, so that no complete frame is lost
     */
    record Damage(Position end, long bytes, boolean tornTail) implements SpoolEntry {}

    /** Everything that was written has been read. */
    record Nothing() implements SpoolEntry {}
}
