package io.foundling.service.command;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foundling act}. */
@Command(
        name = "act",
        description =
                "Acts on a subject, or on all that a filter lists. Each act is an event in the trail, with its reason.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # The bank answers tomorrow",
            "  foundling act extend record/university/declaration/4711 --until 24h --reason OPS-12",
            "  # Write off what has awaited for a week, after a look at the count",
            "  foundling act cancel --source university --stage declaration --min-age 7d --reason OPS-12"
        })
final class ActCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    static CommandLine of(Map<String, String> environment) {
        return new CommandLine(new ActCommand())
                .addSubcommand(new ActExtendCommand(environment))
                .addSubcommand(new ActCancelCommand(environment))
                .addSubcommand(new ActAnnotateCommand(environment))
                .addSubcommand(new ActEraseCommand(environment))
                .addSubcommand(new ActExpectCommand(environment));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "an act is missing: extend, cancel, annotate, erase or expect");
    }
}
