package io.foundling.service.config;

import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.LateEvents;
import io.foundling.topology.settings.LedgerSettings.Alerting;
import io.foundling.topology.settings.LedgerSettings.Retention;
import io.foundling.topology.settings.LedgerSettings.Settlement;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.settings.SweepSettings;
import io.foundling.topology.settings.TimeSettings;
import java.time.Duration;
import java.util.List;

/**
 * Everything configured about the ledger's work; every instance of an application must have the same.
 *
 * @param proofInterval how often the audit clocks get a proof
 */
public record LedgerRules(
        TimeSettings time,
        LateEvents lateEvents,
        SweepSettings sweep,
        Retention retention,
        Settlement settlement,
        Alerting alerting,
        PolicySet policySet,
        Duration proofInterval) {

    public List<Policy> policies() {
        return policySet.policies();
    }

    public List<Expectation> expectations() {
        return policySet.expectations();
    }
}
