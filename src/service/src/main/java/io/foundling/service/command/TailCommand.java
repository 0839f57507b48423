package io.foundling.service.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.tail.Printable;
import io.foundling.service.tail.RecordJson;
import io.foundling.service.tail.Tail;
import io.foundling.service.tail.TailTopic;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.CommandWait;
import io.foundling.service.topics.TopicCheck;
import java.io.PrintWriter;
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
        description = "Shows the committed records of an output topic as they arrive.",
        mixinStandardHelpOptions = true)
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
                    "Waits for further records; --no-follow prints all records from the oldest to the newest and ends.")
    private boolean follow;

    @Spec
    private CommandSpec spec;

    TailCommand(Map<String, String> environment) {
        options = new ConfigOptions(environment);
    }

    @Override
    public Integer call() {
        TailTopic tailed = TailTopic.named(topic)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "TOPIC is '" + topic + "', must be one of " + TailTopic.words()));
        ServiceConfig config = options.read();
        String name = tailed.topic(config.topics().prefix());
        requireTopic(name, config);
        try (RegistryClient registry = AvroSerdes.registryClient(
                        CommandWait.limited(config.avro().values()));
                Tail tail = Tail.open(config.kafka().values(), name, fromBeginning || !follow, follow)) {
            Thread onInterrupt = new Thread(tail::stop, "tail-stop");
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            print(tail, tailed, new RecordJson(registry));
            removeHook(onInterrupt);
            return ExitCode.OK;
        }
    }

    private void print(Tail tail, TailTopic tailed, RecordJson records) {
        PrintWriter out = spec.commandLine().getOut();
        tail.run(record -> {
            ObjectNode content = records.of(record, tailed);
            out.println(json ? Printable.json(content) : tailed.line(content));
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
