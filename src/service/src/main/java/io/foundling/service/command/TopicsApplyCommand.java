package io.foundling.service.command;

import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.CommandWait;
import io.foundling.service.topics.TopicCheck;
import io.foundling.service.topics.TopicCreation;
import io.foundling.service.topics.TopicFinding;
import io.foundling.service.topics.TopicReport;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foundling topics apply}. */
@Command(
        name = "apply",
        description = "Creates missing topics and registers the schemas of their values. Existing topics are not"
                + " changed; a sentence says how to change one that differs.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Creates what is missing, with 24 partitions",
            "  foundling topics apply --partitions 24 --config foundling.yaml"
        })
final class TopicsApplyCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOptions options;

    @Mixin
    private final PartitionsOption partitions = new PartitionsOption();

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Replicas of each topic; default: replicationFactor of the configuration; -1: the broker's"
                    + " default.")
    private Optional<Integer> replicationFactor = Optional.empty();

    @Spec
    private CommandSpec spec;

    TopicsApplyCommand(Map<String, String> environment) {
        options = new ConfigOptions(environment);
    }

    @Override
    public Integer call() {
        ServiceConfig config = options.read();
        TopicContracts declared = config.topics().contracts();
        TopicContracts contracts = partitions.count().isPresent()
                ? declared.withPartitions(partitions.count().getAsInt())
                : declared;
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE);
                RegistryClient registry = AvroSerdes.registryClient(
                        CommandWait.limited(config.avro().values()))) {
            TopicCreation creation = new TopicCreation(broker, contracts);
            List<String> created = creation.create(replicationFactor.orElse(config.replicationFactor()));
            Map<String, Integer> ids = creation.register(registry, config.avro().values());
            TopicReport report = new TopicCheck(
                            broker, contracts, config.ledger().retention().memory(), partitions.count())
                    .run();
            contracts.all().forEach(contract -> print(contract, created, ids, report));
            return report.errors().isEmpty() ? ExitCode.OK : ExitCode.UNAVAILABLE;
        }
    }

    private void print(TopicContract contract, List<String> created, Map<String, Integer> ids, TopicReport report) {
        PrintWriter out = spec.commandLine().getOut();
        List<TopicFinding> findings = report.of(contract.name());
        boolean differs = findings.stream().anyMatch(found -> !found.isAsDeclared());
        String state = created.contains(contract.name()) ? "created" : differs ? "differs" : "exists";
        String schema = contract.contract().isPresent()
                ? contract.value() + " is schema " + ids.get(contract.name())
                : contract.value();
        out.printf("%-22s %-8s %s%n", contract.name(), state, schema);
        findings.forEach(found -> out.println("  " + found.finding().sentence()));
        out.flush();
    }
}
