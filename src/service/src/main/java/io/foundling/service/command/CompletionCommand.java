package io.foundling.service.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foundling completion}. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands, options and words in a shell.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # In ~/.bashrc: source <(foundling completion bash)",
            "  foundling completion bash",
            "  # In ~/.zshrc, after compinit: source <(foundling completion zsh)",
            "  foundling completion zsh"
        })
final class CompletionCommand implements Callable<Integer> {

    /** Zsh understands the same script, which loads what that needs. */
    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .println("# Completes foundling in " + shell.name().toLowerCase(Locale.ROOT) + ".");
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("foundling", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
