package io.foundling.topology.lifecycle;

/**
 * What collapsed facts show of how fresh a scope is (rule B2).
 *
 * @param declaration what their Declared and Retired facts say
 * @param end how a run in them ended last, since the scope was last retired
 */
public record CollapsedScope(Declaration declaration, RunEnd end) {

    public static final CollapsedScope NONE = new CollapsedScope(Declaration.NONE, RunEnd.NONE);
}
