package io.foundling.service.command;

import io.foundling.service.asking.ConsoleClient;
import io.foundling.service.asking.Question;
import io.foundling.service.table.Printable;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foundling explain}. */
@Command(
        name = "explain",
        description =
                "Explains why a subject has its status, deadline and warnings, or why it has none: its events in order,"
                        + " the rules that counted, the arithmetic and the clock.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Why this is an orphan, or why not",
            "  foundling explain record/university/declaration/4711",
            "  # The same for a program",
            "  foundling explain record/university/declaration/4711 --output json"
        })
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private final ConsoleOptions console;

    @Parameters(paramLabel = "KEY", converter = KeyParameter.class, description = KeyParameter.DESCRIPTION)
    private String key;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private TextFormat format;

    @Spec
    private CommandSpec spec;

    ExplainCommand(Map<String, String> environment) {
        console = new ConsoleOptions(environment);
    }

    @Override
    public Integer call() {
        Question question = Question.of("subjects/" + key + "/explanation");
        ConsoleClient client = console.client();
        // The console has escaped what events bring; another server may not have.
        String text = format == TextFormat.JSON
                ? Printable.json(client.json(question))
                : String.join(
                        System.lineSeparator(),
                        client.text(question).lines().map(Printable::line).toList());
        spec.commandLine().getOut().println(text);
        return ExitCode.OK;
    }
}
