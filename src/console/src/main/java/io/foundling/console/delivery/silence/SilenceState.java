package io.foundling.console.delivery.silence;

import java.util.List;

/** What all instances of Alertmanager said together, a few seconds ago at most. */
public record SilenceState(List<AskedInstance> instances, List<HeldBack> alerts) {

    public SilenceState {
        instances = List.copyOf(instances);
        alerts = List.copyOf(alerts);
    }
}
