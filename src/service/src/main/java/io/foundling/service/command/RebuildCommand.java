package io.foundling.service.command;

import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.schemas.registry.RegistryUnavailableException;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.rebuild.Positions;
import io.foundling.service.rebuild.PublishedRecords;
import io.foundling.service.rebuild.Rebuild;
import io.foundling.service.rebuild.RebuildRefusedException;
import io.foundling.service.rebuild.UnreadableRecords;
import io.foundling.service.topics.AccessCheck;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.CommandWait;
import io.foundling.service.topics.OtherApplicationException;
import io.foundling.service.topics.OwnerCheck;
import io.foundling.service.topics.TopicCheck;
import io.foundling.service.topics.TopicReport;
import io.foundling.topology.rebuild.LedgerRebuild;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.topics.AccessRule;
import io.foundling.topology.topics.AccessRules;
import io.foundling.topology.topics.TopicContracts;
import java.io.PrintWriter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foundling rebuild}. */
@Command(
        name = "rebuild",
        description =
                "Makes the state anew from the output topics, while no instance runs: for a lost changelog, or another"
                        + " number of partitions. Subjects that have a warning already do not get it a second time.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Shows what would be written",
            "  foundling rebuild --dry-run --config foundling.yaml"
        })
final class RebuildCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOptions options;

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            description =
                    "From where to read the sources if the group has no offsets: earliest, latest, or a time such as"
                            + " 2026-11-29T12:00:00Z. Events that were read before change nothing.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--dry-run", description = "Says what would be written, and writes nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    RebuildCommand(Map<String, String> environment) {
        options = new ConfigOptions(environment);
    }

    @Override
    public Integer call() {
        ServiceConfig config = options.read();
        Optional<Positions> position = from.map(this::position);
        LedgerSettings settings = settings(config);
        try (Rebuild rebuild = new Rebuild(config, settings.topics().partitions())) {
            rebuild.check(position);
            if (!dryRun) {
                rebuild.begin();
            }
            LedgerRebuild rebuilt = new LedgerRebuild(settings, System.currentTimeMillis());
            UnreadableRecords unreadable = read(config, rebuilt);
            rebuilt.run();
            report(rebuilt, unreadable, settings);
            if (!dryRun) {
                requireReadable(unreadable);
                rebuild.write(rebuilt, position);
                out().println(
                                "The changelogs are written. Instances may start; they replace the state on their disks.");
            }
            out().flush();
            return ExitCode.OK;
        } catch (RebuildRefusedException refused) {
            throw new CommandFailure(ExitCode.UNAVAILABLE, refused.getMessage());
        } catch (ConfigException | RegistryUnavailableException known) {
            throw known;
        } catch (KafkaException failure) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    "the broker answered: " + Causes.sentence(failure) + "; run the rebuild again");
        }
    }

    private Positions position(String text) {
        try {
            return Positions.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from is '" + text + "', must be earliest, latest or a time such as 2026-11-29T12:00:00Z");
        }
    }

    private static LedgerSettings settings(ServiceConfig config) {
        TopicContracts contracts = config.topics().contracts();
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            List<AccessRule> access = AccessRules.ofService(config.instance().application(), contracts);
            requireNone(new AccessCheck(broker, access).run());
            TopicReport report = new TopicCheck(
                            broker, contracts, config.ledger().retention().memory())
                    .run();
            requireNone(report.errors());
            requireOwner(new OwnerCheck(broker, config).run());
            return config.ledgerSettings(report.partitions(), report.logAppendTimeSources());
        }
    }

    private static void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new CommandFailure(ExitCode.UNAVAILABLE, String.join(System.lineSeparator(), problems));
        }
    }

    /** Of the records of another application, a state would be made that is not this application's. */
    private static void requireOwner(List<Finding> findings) {
        for (Finding finding : findings) {
            switch (finding.severity()) {
                case ERROR -> throw new OtherApplicationException(finding.sentence());
                case WARNING -> throw new CommandFailure(ExitCode.UNAVAILABLE, finding.sentence());
                default -> {}
            }
        }
    }

    private static UnreadableRecords read(ServiceConfig config, LedgerRebuild rebuilt) {
        try (RegistryClient registry =
                AvroSerdes.registryClient(CommandWait.limited(config.avro().values()))) {
            Map<String, Object> avro = new HashMap<>(config.avro().values());
            avro.put(AvroConfig.REGISTRY_CLIENT, registry);
            PublishedRecords published = new PublishedRecords(
                    config.kafka().values(), avro, config.topics().prefix(), rebuilt);
            published.read();
            return published.unreadable();
        }
    }

    private void report(LedgerRebuild rebuilt, UnreadableRecords unreadable, LedgerSettings settings) {
        PrintWriter out = out();
        out.printf(
                "subjects %d (awaiting %d, orphans %d), settlements %d, alerts %d, partitions %d%n",
                rebuilt.subjects(),
                rebuilt.awaiting(),
                rebuilt.orphans(),
                rebuilt.settlements(),
                rebuilt.alerts(),
                settings.topics().partitions());
        out.printf(
                "warnings that no subject has, and that get a tombstone: %d%n",
                rebuilt.warningsOfNobody().size());
        unreadable
                .first()
                .ifPresent(first ->
                        out.printf("records that cannot be read: %d, the first in %s%n", unreadable.count(), first));
        out.println(
                "Not published, and lost: subjects without a status, what was removed or erased, repeats, event ids,"
                        + " delays of sources, dropped events. See RULES.md, rule R6.");
    }

    /** What they say would be missing from the state, and be replaced on the output topics later. */
    private void requireReadable(UnreadableRecords unreadable) {
        unreadable.first().ifPresent(first -> {
            out().flush();
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    unreadable.count() + (unreadable.count() == 1 ? " record" : " records")
                            + " cannot be read, and nothing was written; the first is in " + first
                            + ". If a newer build wrote them, run this command of that build. If their schemas are not in"
                            + " the registry, register them. To do without one, write a record without a value under its"
                            + " key, and run this again");
        });
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
