package io.foundling.topology.silence;

/** Takes what a task reports about sources. */
public interface SilenceOutput {

    /** Sends a note to every partition. */
    void send(HeardNote note);

    /** Notes that a source is silent in this task, or that it no longer is. */
    void silent(String source, boolean isSilent);
}
