package io.foundling.service.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foundling policies}: the parent of check and test. */
@Command(
        name = "policies",
        description = "Checks the policies of a file, or tries them on what has happened.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(check | test)",
        footer = {
            "%nExamples:",
            "  # What other policies would have reported in the last week",
            "  foundling policies test new.yaml --since 7d"
        })
final class PoliciesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: check or test");
    }
}
