package io.foundling.service.command;

import io.foundling.client.spool.SpoolExamination;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Finds the spools that a user names, and says why there are none. */
record SpoolDirectories(CommandSpec spec) {

    /** Returns the spools of a directory, at least one. */
    List<Path> find(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(
                    spec.commandLine(),
                    Files.exists(directory)
                            ? directory + " is a file, expected the directory of a spool"
                            : "there is no directory " + directory);
        }
        try {
            List<Path> found = SpoolExamination.find(directory);
            if (found.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.STATE,
                        "there is no spool in " + directory
                                + ": everything was sent, or audit.spool.root or audit.spool.directory is another one");
            }
            return found;
        } catch (IOException unreadable) {
            throw unusable(directory, unreadable);
        }
    }

    static CommandFailure unusable(Path directory, IOException failure) {
        String why = failure instanceof AccessDeniedException || failure.getCause() instanceof AccessDeniedException
                ? "the spool in " + directory
                        + " belongs to another user: run this command as the user of the service, or as root"
                : "the spool in " + directory + " cannot be used: " + failure.getMessage();
        return new CommandFailure(ExitCode.STATE, why);
    }
}
