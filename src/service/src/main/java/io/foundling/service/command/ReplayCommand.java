package io.foundling.service.command;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.mapping.Mapping;
import io.foundling.service.mapping.MappingReader;
import io.foundling.service.replay.DryRun;
import io.foundling.service.replay.InputLines;
import io.foundling.service.replay.KafkaTarget;
import io.foundling.service.replay.LineContext;
import io.foundling.service.replay.Replay;
import io.foundling.service.replay.ReplayPace;
import io.foundling.service.replay.ReplaySummary;
import io.foundling.service.replay.ReplayTarget;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.CommandWait;
import io.foundling.service.topics.TopicCheck;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foundling replay}. */
@Command(
        name = "replay",
        description =
                "Turns foreign JSON Lines into audit events and sends them to a source topic. The same input gives the"
                        + " same event ids, so replaying twice gives only duplicates.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Shows what would become of a log, without a broker",
            "  foundling replay --dry-run --mapping mapping.yaml --input log.jsonl",
            "",
            "  # Sends the results of a batch that are in a file without the batch's name and time",
            "  foundling replay --mapping openai-batch.yaml --input output.jsonl --header batch=batch_1"
                    + " --timestamp 2026-01-31T12:00:00Z"
        })
final class ReplayCommand implements Callable<Integer> {

    private static final Path STANDARD_INPUT = Path.of("-");

    @Mixin
    private final ConfigOptions options;

    @Option(names = "--mapping", required = true, paramLabel = "FILE", description = "Says how lines become events.")
    private Path mappingFile;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description = "JSON Lines, gzip too; - reads standard input.")
    private Path input;

    @Option(
            names = "--timestamp",
            paramLabel = "TIME",
            description = "The record's timestamp of a mapping, for all lines, such as 2026-01-31T12:00:00Z.")
    private String timestamp;

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "A header of a mapping, for all lines; may be given several times.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--topic", paramLabel = "NAME", description = "Source topic; default: the first configured one.")
    private String topic;

    @Option(names = "--rate", paramLabel = "N", description = "At most N events a second.")
    private Long rate;

    @Option(names = "--pause-every", paramLabel = "N", description = "Pauses after every N events.")
    private Long pauseEvery;

    @Option(
            names = "--pause-for",
            paramLabel = "DURATION",
            description = "How long each pause lasts, such as 750ms or 3s; default ${DEFAULT-VALUE}.",
            defaultValue = "1s")
    private Duration pauseFor;

    @Option(names = "--strict", description = "Exit code 1 if any line was bad.")
    private boolean strict;

    @Option(names = "--dry-run", description = "Tries the mapping: sends nothing and needs no broker.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    ReplayCommand(Map<String, String> environment) {
        options = new ConfigOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        ReplayPace pace = new ReplayPace(
                positive("--rate", rate),
                positive("--pause-every", pauseEvery),
                pauseFor,
                System::nanoTime,
                TimeUnit.NANOSECONDS::sleep);
        Mapping mapping = mapping();
        try (InputLines lines = lines();
                ReplayTarget target = dryRun ? new DryRun() : kafka()) {
            ReplaySummary summary = new Replay(
                            mapping,
                            new LineContext(timestamp(), headers),
                            pace,
                            new ReplayProgress(spec.commandLine().getErr(), System::nanoTime))
                    .run(lines, target);
            return report(summary);
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.USAGE, "input " + input + " cannot be read: " + reason(unreadable));
        }
    }

    private int report(ReplaySummary summary) {
        spec.commandLine().getOut().println(summary.sentence());
        spec.commandLine().getOut().flush();
        if (summary.stopped().isPresent()) {
            ReplaySummary.Stop stop = summary.stopped().get();
            throw new CommandFailure(
                    stop.byInput() ? ExitCode.USAGE : ExitCode.UNAVAILABLE,
                    "stopped before the end: " + stop.sentence()
                            + ". After repairing that, run the same command again: events that have arrived are"
                            + " recognised");
        }
        boolean bad = summary.failed() > 0 || strict && summary.skipped() > 0;
        return bad ? ExitCode.UNEXPECTED : ExitCode.OK;
    }

    private Mapping mapping() {
        try {
            return MappingReader.read(mappingFile);
        } catch (FileSystemException unreadable) {
            throw new CommandFailure(ExitCode.USAGE, "mapping " + mappingFile + " " + unreadable.getReason());
        }
    }

    private InputLines lines() throws IOException {
        return input.equals(STANDARD_INPUT) ? InputLines.of(System.in) : InputLines.open(input);
    }

    /** The first event must not create a missing topic, with the default settings of the broker. */
    private ReplayTarget kafka() {
        ServiceConfig config = options.read();
        String target = topic == null ? config.sources().get(0) : topic;
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            if (broker.partitions(target).isEmpty()) {
                throw new CommandFailure(
                        ExitCode.UNAVAILABLE, TopicCheck.missing(target) + ", or name another with --topic");
            }
        }
        return KafkaTarget.open(
                target,
                config.kafka().values(),
                CommandWait.limited(config.avro().values()));
    }

    private Optional<Instant> timestamp() {
        try {
            return Optional.ofNullable(timestamp).map(Instant::parse);
        } catch (DateTimeParseException unfit) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--timestamp is '" + timestamp + "', must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    private OptionalLong positive(String option, Long value) {
        if (value != null && value < 1) {
            throw new ParameterException(spec.commandLine(), option + " is " + value + ", must be 1 or more");
        }
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static String reason(IOException unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return unreadable.getMessage() == null ? unreadable.getClass().getSimpleName() : unreadable.getMessage();
    }
}
