package io.foundling.topology.lifecycle;

/**
 * The facts before a fact that were joined with it: extensions (rule B7) or restarts (rule B8).
 *
 * @param firstMs when the first of them happened; {@link Times#NEVER} if there is none
 * @param gaps by how much the number of the wait rises that the last of them began, beyond the number of one fact
 */
public record Chain(long firstMs, int gaps) {

    public static final Chain NONE = new Chain(Times.NEVER, 0);

    public Chain {
        if (gaps < 0) {
            throw new IllegalArgumentException("gaps is " + gaps + ", must not be negative");
        }
    }

    /** Returns the chain; {@link #NONE} itself if it equals that, so that facts without one cost nothing. */
    public static Chain of(long firstMs, int gaps) {
        return firstMs == Times.NEVER && gaps == 0 ? NONE : new Chain(firstMs, gaps);
    }

    public boolean exists() {
        return firstMs != Times.NEVER;
    }
}
