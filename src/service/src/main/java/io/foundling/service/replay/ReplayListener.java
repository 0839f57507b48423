package io.foundling.service.replay;

/** Gets the progress of a replay; {@link #failed} may be called on another thread. */
public interface ReplayListener {

    /** A line gave no event; the reason continues the words "line 7". */
    void skipped(long line, String reason);

    /** The event of a line did not arrive. */
    void failed(long line, String reason);

    /** Called for every line, so it must be quick. */
    void progress(long lines, long sent);
}
