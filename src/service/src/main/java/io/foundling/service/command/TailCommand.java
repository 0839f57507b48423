package io.foundling.service.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.table.Printable;
import io.foundling.service.tail.RecordJson;
import io.foundling.service.tail.Tail;
import io.foundling.service.tail.TailFilter;
import io.foundling.service.tail.TailStart;
import io.foundling.service.tail.TailTopic;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.CommandWait;
import io.foundling.service.topics.TopicCheck;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foundling tail}. */
@Command(
        name = "tail",
        description =
                "Shows the committed records of a topic, or the events of all sources, as they arrive: in the order of"
                        + " their timestamps, across all partitions. Needs the broker, and no console.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Warnings as they come",
            "  foundling tail orphans --config foundling.yaml",
            "  # What a source has reported of one stage since this morning",
            "  foundling tail events --source university --stage declaration --since today --no-follow",
            "  # Everything about one subject, for a program",
            "  foundling tail events --key record/university/declaration/4711 --no-follow --json",
            "  # Checks that failed",
            "  foundling tail reconciliations --status FAILED --no-follow"
        })
final class TailCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOptions options;

    @Parameters(
            paramLabel = "TOPIC",
            description = "One of ${COMPLETION-CANDIDATES}.",
            completionCandidates = Topics.class)
    private String topic;

    @Option(names = "--json", description = "One JSON object a line instead of text.")
    private boolean json;

    @Option(names = "--from-beginning", description = "Begins with the oldest record; default: with the next new one.")
    private boolean fromBeginning;

    @Option(
            names = "--follow",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Waits for further records; --no-follow, or --until, prints those that there are, from the oldest to the"
                            + " newest, and ends.")
    private boolean follow;

    @Mixin
    private final TailOptions filters = new TailOptions();

    @Spec
    private CommandSpec spec;

    private final InstantSource clock;

    TailCommand(Map<String, String> environment, InstantSource clock) {
        options = new ConfigOptions(environment);
        this.clock = clock;
    }

    @Override
    public Integer call() {
        TailTopic tailed = TailTopic.named(topic)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "TOPIC is '" + topic + "', must be one of " + TailTopic.words()));
        TailFilter filter = filters.filter(tailed, clock.instant());
        ServiceConfig config = options.read();
        List<String> names = tailed.topics(config.topics().prefix(), config.sources());
        names.forEach(name -> requireTopic(name, config));
        boolean goesOn = follow && filter.until().isEmpty();
        try (RegistryClient registry = AvroSerdes.registryClient(
                        CommandWait.limited(config.avro().values()));
                Tail tail = Tail.ordered(config.kafka().values(), names, start(filter, goesOn), goesOn)) {
            Thread onInterrupt = new Thread(tail::stop, "tail-stop");
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            print(tail, tailed, filter, new RecordJson(registry));
            removeHook(onInterrupt);
            return ExitCode.OK;
        }
    }

    private TailStart start(TailFilter filter, boolean goesOn) {
        return filter.since()
                .map(TailStart::since)
                .orElse(fromBeginning || !goesOn ? TailStart.OLDEST : TailStart.NEXT);
    }

    private void print(Tail tail, TailTopic tailed, TailFilter filter, RecordJson records) {
        PrintWriter out = spec.commandLine().getOut();
        tail.run(record -> {
            if (!filter.allows(record)) {
                return true;
            }
            ObjectNode content = records.of(record, tailed);
            if (filter.allows(content)) {
                out.println(json ? Printable.json(content) : tailed.line(content));
            }
            // A reader that has gone, such as head, ends the command.
            return !out.checkError();
        });
    }

    private static void requireTopic(String name, ServiceConfig config) {
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE)) {
            if (broker.partitions(name).isEmpty()) {
                throw new CommandFailure(ExitCode.UNAVAILABLE, TopicCheck.missing(name));
            }
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook has run or is running: there is nothing to remove.
        }
    }

    /** The words for the help text. */
    static final class Topics implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            List<String> words = TailTopic.all().stream().map(TailTopic::word).toList();
            return words.iterator();
        }
    }
}
