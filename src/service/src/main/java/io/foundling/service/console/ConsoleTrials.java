package io.foundling.service.console;

import io.foundling.console.policies.InvalidPoliciesException;
import io.foundling.console.policies.RecordedEvent;
import io.foundling.console.policies.TopicTrail;
import io.foundling.console.policies.TrailFacts;
import io.foundling.console.policies.TrailNotReadException;
import io.foundling.console.policies.TrialSite;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.policies.PolicyChanges;
import io.foundling.service.policies.PolicyYaml;
import io.foundling.service.policies.SourceTrail;
import io.foundling.service.topics.BrokerUnavailableException;
import io.foundling.service.topics.CommandWait;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Lets the console try policies on the source topics of its configuration. Any thread. */
final class ConsoleTrials implements TrialSite {

    private static final String NAME = "the body";

    private final ServiceConfig config;
    private final Supplier<PolicySet> inForce;

    ConsoleTrials(ServiceConfig config, Supplier<PolicySet> inForce) {
        this.config = config;
        this.inForce = inForce;
    }

    @Override
    public PolicySet inForce() {
        return inForce.get();
    }

    @Override
    public PolicySet read(String yaml) {
        try {
            return new ConfigReader(Map.of())
                    .policies(NAME, yaml, config.ledger().retention());
        } catch (ConfigurationException invalid) {
            throw new InvalidPoliciesException(invalid.problems());
        }
    }

    @Override
    public String written(PolicySet policies) {
        return PolicyYaml.of(policies);
    }

    @Override
    public String changes(PolicySet before, PolicySet after) {
        return new PolicyChanges(before, after).sentence();
    }

    /** With a registry client of its own: that of the read model waits for a registry that is away, however long. */
    @Override
    public Trail open() {
        try {
            TopicTrail topics = SourceTrail.open(
                    config, new HashMap<>(CommandWait.limited(config.avro().values())));
            LedgerSettings settings =
                    config.ledgerSettings(topics.partitions(), Set.of()).under(inForce());
            return new OpenTrail(topics, settings);
        } catch (BrokerUnavailableException unavailable) {
            throw new TrailNotReadException(unavailable.getMessage());
        }
    }

    private record OpenTrail(TopicTrail topics, LedgerSettings settings) implements Trail {

        @Override
        public TrailFacts facts() {
            return topics.facts();
        }

        @Override
        public boolean hasNext() {
            return topics.hasNext();
        }

        @Override
        public RecordedEvent next() {
            return topics.next();
        }

        @Override
        public void close() {
            topics.close();
        }
    }
}
