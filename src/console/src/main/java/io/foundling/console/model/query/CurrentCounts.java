package io.foundling.console.model.query;

import java.util.List;

/**
 * What there is at one moment. What there is nothing of is left out.
 *
 * @param alerts that fire
 */
public record CurrentCounts(List<AwaitingCount> awaiting, List<OrphanCount> orphans, List<AlertCount> alerts) {

    public CurrentCounts {
        awaiting = List.copyOf(awaiting);
        orphans = List.copyOf(orphans);
        alerts = List.copyOf(alerts);
    }
}
