package io.foundling.service.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.service.asking.AskingException;
import io.foundling.service.asking.ConsoleClient;
import io.foundling.service.asking.Question;
import io.foundling.service.table.Printable;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What all acts have: why, and which subjects, by key or by filter. */
final class ActOptions {

    @Mixin
    private final ConsoleOptions console;

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            converter = KeyParameter.class,
            description = KeyParameter.DESCRIPTION + " Without it, the filter says which subjects.")
    private String key;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, on one line; everybody who may see the subject reads it.")
    private String reason;

    @Option(
            names = "--id",
            paramLabel = "UUID",
            description =
                    "The id of an act that you repeat: what it has recorded counts once, with the time of --until or --by"
                            + " that was recorded first.")
    private String id;

    @ArgGroup(exclusive = false, heading = "Instead of a KEY, a filter with a source, a stage or a parent:%n")
    private Filter filter;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Which subjects of a list. */
    static final class Filter {

        @Option(names = "--list", paramLabel = "LIST", defaultValue = "awaiting", description = "awaiting or orphans.")
        private String list;

        @Option(names = "--source", paramLabel = "NAME", description = "Only subjects of this source.")
        private String source;

        @Option(names = "--stage", paramLabel = "NAME", description = "Only subjects of this stage.")
        private String stage;

        @Option(names = "--status", paramLabel = "STATUS", description = "Only subjects in this status.")
        private String status;

        @Option(
                names = "--parent",
                paramLabel = "KEY",
                converter = KeyParameter.class,
                description = "Only members of this parent.")
        private String parent;

        @Option(
                names = "--min-age",
                paramLabel = "DURATION",
                description = "Only what has awaited, or been an orphan, for longer.")
        private String minAge;

        @Option(names = "--yes", description = "Acts without asking whether the count is right.")
        private boolean yes;

        private ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("list", list);
            json.put("source", source);
            json.put("stage", stage);
            json.put("status", status);
            json.put("parent", parent);
            json.put("minAge", minAge);
            return json;
        }
    }

    ActOptions(Map<String, String> environment) {
        console = new ConsoleOptions(environment);
    }

    /** Begins the body of a request. */
    ObjectNode act(String name) {
        ObjectNode act = JsonNodeFactory.instance.objectNode();
        act.put("act", name);
        act.put("reason", reason);
        act.put("id", id == null ? UUID.randomUUID().toString() : id);
        return act;
    }

    /** Has it done, and says what was done. */
    int run(ObjectNode act) throws InterruptedException {
        if (Stream.of(key == null, filter == null).filter(missing -> missing).count() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "either a KEY or a filter with --source, --stage or --parent is needed");
        }
        ConsoleClient client = console.client();
        String ownId = act.path("id").asText();
        if (key != null) {
            ObjectNode done = recorded(client, act, ownId);
            spec.commandLine()
                    .getOut()
                    .println(Printable.line("recorded " + act.path("act").asText() + " of " + key + " by "
                            + done.path("actor").asText() + " as event "
                            + done.path("eventId").asText()));
            return ExitCode.OK;
        }
        act.set("filter", filter.json());
        return new BulkActRun(
                        client, spec.commandLine().getOut(), spec.commandLine().getErr(), ownId)
                .run(act, filter.yes);
    }

    /** Without an answer, only a repeat with the same id is harmless. */
    private ObjectNode recorded(ConsoleClient client, ObjectNode act, String ownId) {
        try {
            return client.post(Question.of("subjects/" + key + "/acts"), act);
        } catch (AskingException lost) {
            if (!lost.mayBeDone()) {
                throw lost;
            }
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    lost.getMessage() + "; it may have been recorded: repeat it with --id " + ownId);
        }
    }
}
