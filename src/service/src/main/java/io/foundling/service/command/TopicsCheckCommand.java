package io.foundling.service.command;

import io.foundling.service.bridge.BridgeCheck;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.finding.Severity;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.OwnerCheck;
import io.foundling.service.topics.TopicCheck;
import io.foundling.service.topics.TopicReport;
import io.foundling.topology.topics.TopicContracts;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code foundling topics check}. */
@Command(
        name = "check",
        description =
                "Compares the topics on the broker with what Foundling needs, and looks whether another application writes"
                        + " them, and whether the topics that bridges read exist. Without --partitions, any partition count"
                        + " is accepted that all sources and the topic of closures have.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Compares the broker with what is needed",
            "  foundling topics check --config foundling.yaml"
        })
final class TopicsCheckCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOptions options;

    @Mixin
    private final PartitionsOption partitions = new PartitionsOption();

    @Spec
    private CommandSpec spec;

    TopicsCheckCommand(Map<String, String> environment) {
        options = new ConfigOptions(environment);
    }

    @Override
    public Integer call() {
        ServiceConfig config = options.read();
        TopicContracts contracts = config.topics().contracts();
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            TopicReport report = new TopicCheck(
                            broker, contracts, config.ledger().retention().memory(), partitions.count())
                    .run();
            PrintWriter out = spec.commandLine().getOut();
            report.errors().forEach(sentence -> out.println("error: " + sentence));
            List<String> unbridged = new BridgeCheck(broker, config).missingInputs();
            unbridged.forEach(sentence -> out.println("error: " + sentence));
            report.warnings().forEach(sentence -> out.println("warning: " + sentence));
            List<Finding> owner = new OwnerCheck(broker, config).run();
            owner.stream()
                    .filter(finding -> finding.severity() != Severity.OK)
                    .forEach(finding -> out.println(
                            finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.sentence()));
            boolean other = owner.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
            if (report.asDeclared()) {
                out.println(contracts.all().size() + " topics are as declared, " + report.partitions()
                        + " partitions each source");
            }
            out.flush();
            if (other) {
                return ExitCode.OTHER_APPLICATION;
            }
            return report.asDeclared() && unbridged.isEmpty() ? ExitCode.OK : ExitCode.UNAVAILABLE;
        }
    }
}
