package io.foundling.topology.lifecycle;

/**
 * What a fact of type EXTENDED stands for beyond itself: the extensions before it that were joined with it (rule B7).
 *
 * @param firstMs when the first of them happened; {@link Times#NEVER} for a fact that stands for itself only
 * @param gaps how often one of them came later than the one before it allowed
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

    boolean exists() {
        return firstMs != Times.NEVER;
    }
}
