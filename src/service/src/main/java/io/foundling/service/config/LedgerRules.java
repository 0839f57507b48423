package io.foundling.service.config;

import io.foundling.topology.settings.LateEvents;
import io.foundling.topology.settings.LedgerSettings.Alerting;
import io.foundling.topology.settings.LedgerSettings.Retention;
import io.foundling.topology.settings.LedgerSettings.Settlement;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.SweepSettings;
import io.foundling.topology.settings.TimeSettings;
import java.util.List;

/** Everything configured about the ledger's work; every instance of an application must have the same. */
public record LedgerRules(
        TimeSettings time,
        LateEvents lateEvents,
        SweepSettings sweep,
        Retention retention,
        Settlement settlement,
        Alerting alerting,
        List<Policy> policies) {

    public LedgerRules {
        policies = List.copyOf(policies);
    }
}
