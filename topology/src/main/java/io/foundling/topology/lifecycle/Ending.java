package io.foundling.topology.lifecycle;

/**
 * The closing of a cancelled parent that ended what a subject awaited (rule P9). The subject remembers it, because the
 * closing is forgotten before the subject is.
 *
 * @param parent the parent's subject key
 * @param afterMs the latest closing of its attempts before; {@link Times#NEVER} if there is none
 * @param atMs when it closed
 */
public record Ending(String parent, long afterMs, long atMs) {

    static Ending of(String parent, Closing closing) {
        return new Ending(parent, closing.previousClosedAtMs(), closing.closedAtMs());
    }

    /** Whether what began then under a parent belongs to the attempt that closed. */
    boolean holds(String memberOf, long beganMs) {
        return beganMs <= atMs && (afterMs == Times.NEVER || beganMs > afterMs) && parent.equals(memberOf);
    }
}
