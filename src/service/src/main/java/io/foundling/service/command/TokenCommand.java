package io.foundling.service.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foundling token}: the parent of new. */
@Command(
        name = "token",
        description = "Makes tokens with which programs and people call the console.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "new",
        footer = {
            "%nExamples:",
            "  # A token that may read what concerns one source",
            "  foundling token new nightly-export --role READER --source billing"
        })
final class TokenCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: new");
    }
}
