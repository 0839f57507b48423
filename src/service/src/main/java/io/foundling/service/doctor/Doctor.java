package io.foundling.service.doctor;

import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.BrokerUnavailableException;
import io.foundling.service.topics.CommandWait;
import io.foundling.topology.topics.TopicContracts;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Examines everything that one instance of the service needs and goes on after an error. It changes nothing, and waits
 * for broker and registry no longer than a person would.
 */
public final class Doctor {

    private final ServiceConfig config;
    private final TopicContracts contracts;
    private final BiConsumer<String, Finding> report;

    /** @param report gets each finding with the part of the service that it is about */
    public Doctor(ServiceConfig config, BiConsumer<String, Finding> report) {
        this.config = config;
        this.contracts = config.topics().contracts();
        this.report = report;
    }

    /** Examines everything. */
    public void examine() {
        examine("memory", new MemoryExamination(config));
        examine("policies", new PolicyExamination(config.ledger().policies()));
        examine("disk", new DiskExamination(config.instance().stateDirectory()));
        examine("state", new SetAsideExamination(config.http()));
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            examine("broker", new ClusterExamination(broker, config.replicationFactor()));
            examine("topics", new TopicExamination(broker, contracts, config));
            examine("owner", new OwnerExamination(broker, config));
            examine("access", new AccessExamination(broker, config));
            examine("clock", new ClockExamination(broker, config.ledger().time().allowedLag()));
        } catch (BrokerUnavailableException away) {
            report.accept("broker", Finding.error(away.getMessage()));
            List.of("topics", "owner", "access", "clock")
                    .forEach(about -> report.accept(about, Finding.skipped("needs the broker")));
        }
        try (RegistryClient registry =
                AvroSerdes.registryClient(CommandWait.limited(config.avro().values()))) {
            examine("registry", new RegistryExamination(registry, config, contracts));
        }
    }

    /** A broker that goes away meanwhile, or denies a question, costs one finding. */
    private void examine(String about, Examination examination) {
        try {
            examination.findings().forEach(finding -> report.accept(about, finding));
        } catch (BrokerUnavailableException denied) {
            report.accept(about, Finding.error(denied.getMessage()));
        }
    }
}
