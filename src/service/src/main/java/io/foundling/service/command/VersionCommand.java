package io.foundling.service.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code foundling version}. */
@Command(
        name = "version",
        description = "Prints the versions of this program, and of the Java that runs it.",
        mixinStandardHelpOptions = true,
        footer = {"%nExamples:", "  foundling version"})
final class VersionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(new Version().getVersion()[0]);
        spec.commandLine().getOut().println("java " + Runtime.version());
        return ExitCode.OK;
    }
}
