package io.foundling.service.command;

import io.foundling.client.spool.SpoolDispatch;
import io.foundling.schemas.AvroConfig;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.TopicCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foundling spool send}. */
@Command(
        name = "send",
        description =
                "Sends what ended recorders left in their spools, in order and as it was recorded, and removes the"
                        + " spools. The spool of a running recorder is left alone.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Sends what dead recorders of this machine left",
            "  foundling spool send /var/lib/audit --config foundling.yaml"
        })
final class SpoolSendCommand implements Callable<Integer> {

    /** Events must get to the partition of their subject, whatever the configuration of the service says. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of("bootstrap.servers", "schema.registry.url", "partitioner.class", "partitioner.ignore.keys");

    @Mixin
    private final ConfigOptions options;

    @Parameters(
            paramLabel = "DIRECTORY",
            description = "A spool, the spools of a service, or the root of all (audit.spool.root).")
    private Path directory;

    @Option(
            names = "--topic",
            description = "The topic of the events; default: the source topic, if there is one only.")
    private String topic;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "Gives up when the broker has taken nothing for this long; default: 30s.")
    private Duration patience;

    @Spec
    private CommandSpec spec;

    SpoolSendCommand(Map<String, String> environment) {
        options = new ConfigOptions(environment);
    }

    @Override
    public Integer call() {
        SpoolDirectories.Found found = new SpoolDirectories(spec).find(directory);
        List<Path> spools = found.spools();
        ServiceConfig config = options.read();
        String target = topic(config);
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            if (broker.partitions(target).isEmpty()) {
                throw new CommandFailure(ExitCode.UNAVAILABLE, TopicCheck.missing(target));
            }
        }
        Map<String, String> recorder = recorder(config, target);
        int worst = found.exitCode();
        for (Path spool : spools) {
            worst = Math.max(worst, send(spool, recorder, target, spools.equals(List.of(directory))));
        }
        return worst;
    }

    /** A spool in use is passed over, which is a failure only if the user named that spool, not its parent. */
    private int send(Path spool, Map<String, String> recorder, String target, boolean named) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Optional<SpoolDispatch.Result> result = SpoolDispatch.send(spool, recorder, patience);
            if (result.isEmpty()) {
                out.println(
                        spool + ": a recorder that runs holds the lock and sends the events itself; nothing was sent");
                out.flush();
                return named ? ExitCode.STATE : ExitCode.OK;
            }
            return report(spool, target, result.get());
        } catch (IOException unusable) {
            return new SpoolDirectories(spec).reportUnusable(spool, unusable);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, wrong.getMessage());
        }
    }

    private int report(Path spool, String target, SpoolDispatch.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(spool + ": sent " + SpoolLines.events(result.written()) + " to " + target
                + (result.bytesLeft() == 0 ? "; nothing is left" : "; " + result.bytesLeft() + " bytes are left"));
        if (result.lost() > 0) {
            out.println(spool + ": " + SpoolLines.events(result.lost())
                    + " lost: damaged, not decodable, or never accepted by the broker"
                    + " (FOUNDLING_LOG_LEVEL=WARN logs why)");
        }
        out.flush();
        if (result.bytesLeft() > 0) {
            out.println(spool + ": nothing was taken for " + patience.toMillis() / 1_000.0 + " s"
                    + result.problem().map(why -> ": " + why).orElse(""));
            return ExitCode.UNAVAILABLE;
        }
        return result.lost() > 0 ? ExitCode.UNEXPECTED : ExitCode.OK;
    }

    private String topic(ServiceConfig config) {
        if (topic != null) {
            return topic;
        }
        if (config.sources().size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there are several source topics, --topic must name the one of the recorder: "
                            + String.join(", ", config.sources()));
        }
        return config.sources().iterator().next();
    }

    /** The registry must have failed once within the patience, so that the reason is known. */
    private Map<String, String> recorder(ServiceConfig config, String target) {
        Map<String, String> recorder = new HashMap<>();
        recorder.put("audit.kafka." + AvroConfig.REGISTRY_MAX_WAIT_MS, String.valueOf(patience.toMillis() / 3));
        Map<String, String> passedOn = new HashMap<>(config.kafka().values());
        passedOn.putAll(config.avro().values());
        passedOn.keySet().removeAll(NOT_PASSED_ON);
        passedOn.forEach((key, value) -> recorder.put("audit.kafka." + key, value));
        recorder.put("audit.bootstrap.servers", config.kafka().values().get("bootstrap.servers"));
        recorder.put("audit.schema.registry.url", config.avro().values().get("schema.registry.url"));
        recorder.put("audit.topic", target);
        return recorder;
    }
}
