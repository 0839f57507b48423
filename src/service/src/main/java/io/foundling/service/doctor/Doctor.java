package io.foundling.service.doctor;

import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.BridgeSettings;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.console.ConsoleService;
import io.foundling.service.finding.Finding;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.BrokerUnavailableException;
import io.foundling.service.topics.CommandWait;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Examines everything that a process of the service needs and goes on after an error. It changes nothing, and waits for
 * others no longer than a person would.
 */
public final class Doctor {

    /** A process that is examined, named by its command. */
    public enum Patient {
        SERVE,
        NOTIFY,
        CONSOLE,
        BRIDGE,
        INTAKE
    }

    private final ServiceConfig config;
    private final TopicContracts contracts;
    private final BiConsumer<String, Finding> report;

    /** @param report gets each finding with the part of the service that it is about */
    public Doctor(ServiceConfig config, BiConsumer<String, Finding> report) {
        this.config = config;
        this.contracts = config.topics().contracts();
        this.report = report;
    }

    /** Examines what these processes need. */
    public void examine(Set<Patient> patients) {
        if (patients.contains(Patient.SERVE)) {
            examine("memory", new MemoryExamination(config));
            examine("policies", new PolicyExamination(config.ledger().policies()));
            examine("disk", new DiskExamination(config.instance().stateDirectory()));
            examine("state", new SetAsideExamination(config.http()));
        }
        if (patients.contains(Patient.CONSOLE)) {
            examine("console", new ConsoleExamination(ConsoleService.database(config.console())));
        }
        if (patients.contains(Patient.CONSOLE)) {
            examine("credentials", CredentialsExamination.ofConsole(config.console(), InstantSource.system()));
        } else if (patients.contains(Patient.INTAKE)) {
            examine("credentials", CredentialsExamination.ofIntake(config.console(), InstantSource.system()));
        }
        if (patients.contains(Patient.BRIDGE)) {
            examine("mappings", new MappingExamination(config));
        }
        if (takesEvents(patients)) {
            examine("intake", new SpoolExamination(config.intake().durability()));
        }
        examineBroker(patients);
        try (RegistryClient registry =
                AvroSerdes.registryClient(CommandWait.limited(config.avro().values()))) {
            examine("registry", new RegistryExamination(registry, config, topics(patients)));
        }
        if (patients.contains(Patient.NOTIFY)) {
            examine("receivers", new ReceiverExamination(config.delivery()));
        }
    }

    /** Returns the topics whose schemas these processes need. */
    private List<TopicContract> topics(Set<Patient> patients) {
        Set<String> ofNotify = Set.of(
                config.topics().prefix().name(TopicNames.ALERTS),
                config.topics().prefix().name(TopicNames.DELIVERIES));
        Set<String> ofBridge =
                config.topics().bridges().stream().map(BridgeSettings::output).collect(Collectors.toSet());
        return contracts.all().stream()
                .filter(topic -> patients.contains(Patient.SERVE)
                        || patients.contains(Patient.CONSOLE)
                        || patients.contains(Patient.NOTIFY) && ofNotify.contains(topic.name())
                        || patients.contains(Patient.BRIDGE) && ofBridge.contains(topic.name())
                        || patients.contains(Patient.INTAKE)
                                && topic.name().equals(config.intake().topic()))
                .toList();
    }

    /** Whether one of them takes events over HTTP; a console does unless its configuration says otherwise. */
    private boolean takesEvents(Set<Patient> patients) {
        return patients.contains(Patient.INTAKE)
                || patients.contains(Patient.CONSOLE) && config.intake().isEnabled();
    }

    private void examineBroker(Set<Patient> patients) {
        Map<String, Function<Broker, Examination>> examinations = new LinkedHashMap<>();
        boolean makesTopics = patients.contains(Patient.SERVE);
        examinations.put(
                "broker", broker -> new ClusterExamination(broker, makesTopics ? config.replicationFactor() : 1));
        if (makesTopics) {
            examinations.put("topics", broker -> new TopicExamination(broker, contracts, config));
            examinations.put("owner", broker -> new OwnerExamination(broker, config));
            examinations.put("access", broker -> new AccessExamination(broker, config));
            examinations.put(
                    "clock",
                    broker ->
                            new ClockExamination(broker, config.ledger().time().allowedLag()));
        }
        if (patients.contains(Patient.NOTIFY)) {
            examinations.put("delivery", broker -> new DeliveryExamination(broker, config));
        }
        if (patients.contains(Patient.CONSOLE)) {
            examinations.put("reading", broker -> new ReadingExamination(broker, config));
        }
        if (patients.contains(Patient.BRIDGE)) {
            examinations.put("bridges", broker -> new BridgeExamination(broker, config));
        }
        if (takesEvents(patients)) {
            String process = patients.contains(Patient.CONSOLE) ? "console" : "intake";
            examinations.put("reporting", broker -> new ReportingExamination(broker, config, process));
        }
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            examinations.forEach((about, examination) -> examine(about, examination.apply(broker)));
        } catch (BrokerUnavailableException away) {
            examinations.remove("broker");
            report.accept("broker", Finding.error(away.getMessage()));
            examinations.keySet().forEach(about -> report.accept(about, Finding.skipped("needs the broker")));
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
