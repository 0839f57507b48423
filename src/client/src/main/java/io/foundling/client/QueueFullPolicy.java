package io.foundling.client;

/** What a call does when the queue has no room for its event. */
public enum QueueFullPolicy {
    /** Waits for room, up to a limit; then the event is lost. */
    BLOCK,
    /** The event of the call is lost. */
    DROP_NEWEST,
    /** The events that have waited longest are lost until there is room. */
    DROP_OLDEST,
    /** Events go through a spool on disk, so the queue has no room only while the disk has none; then as BLOCK. */
    SPILL
}
