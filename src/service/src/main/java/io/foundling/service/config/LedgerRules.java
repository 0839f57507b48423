package io.foundling.service.config;

import io.foundling.topology.settings.LedgerSettings.Alerting;
import io.foundling.topology.settings.LedgerSettings.Retention;
import io.foundling.topology.settings.LedgerSettings.Settlement;
import io.foundling.topology.settings.Policy;
import java.util.List;

/** Everything configured about the ledger's work; every instance of an application must have the same. */
public record LedgerRules(
        ClockSettings clock,
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
