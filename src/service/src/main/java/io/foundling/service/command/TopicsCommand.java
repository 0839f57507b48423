package io.foundling.service.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foundling topics}: the parent of apply and check. */
@Command(
        name = "topics",
        description = "Creates the topics that Foundling needs, or checks them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(apply | check)",
        footer = {
            "%nExamples:",
            "  # Creates what is missing",
            "  foundling topics apply --config foundling.yaml",
            "  # Compares the broker with what is needed",
            "  foundling topics check --config foundling.yaml"
        })
final class TopicsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: apply or check");
    }
}
