package io.foundling.service.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foundling spool}: the parent of show and send. */
@Command(
        name = "spool",
        description = "Shows what recorders keep on disk until the broker takes it, or sends what a dead one left.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(show | send)",
        footer = {"%nExamples:", "  # What waits in the spools of this machine", "  foundling spool show /var/lib/audit"
        })
final class SpoolCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: show or send");
    }
}
