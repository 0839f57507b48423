package io.foundling.topology.settings;

import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.SingleRun;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy demands of the subjects that it matches, whatever their status.
 *
 * @param expectsOutput whether a Completed must say how long it took, what it counted, or what came out
 * @param singleRun which runs of a scope must not be active at once; none: any may
 * @param freshBy by when a declared scope is to be completed again, instead of its maxAge; none: its maxAge counts
 * @param volume how far the counts of a declared scope may deviate; none: they are not compared
 * @param memberCount the count in the Completed of a batch or export that is its number of members; none: there is none
 */
public record Demands(
        boolean expectsOutput,
        Optional<SingleRun> singleRun,
        Optional<DueTimes> freshBy,
        Optional<Volume> volume,
        Optional<String> memberCount) {

    public static final Demands NONE =
            new Demands(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Returns how many members a batch or export closed with (rule P16); {@link Fact#NOT_SAID} if it does not say.
     *
     * @param counts by name, of its Completed
     */
    public long members(Map<String, Long> counts) {
        return memberCount.map(counts::get).map(FactNumbers::said).orElse(Fact.NOT_SAID);
    }

    /** Whether only scopes can meet these demands. */
    public boolean isOfScopesOnly() {
        return singleRun.isPresent() || freshBy.isPresent();
    }
}
