package io.foundling.client;

/** What a call does when the queue has no room for its event: wait, lose an event, or write to disk. */
public enum QueueFullPolicy {
    /**
     * The call waits for room, in line with other calls. Its event is lost if no event leaves the queue for
     * {@code audit.queue.block.ms}, or if the call has waited ten times as long.
     */
    BLOCK,
    /** The call returns at once and its event is lost. */
    DROP_NEWEST,
    /** The call returns at once and the events that have waited longest are lost until there is room. */
    DROP_OLDEST,
    /**
     * Every event goes through a spool on disk. While the disk is full or does not work, the call waits as with BLOCK.
     */
    SPILL
}
