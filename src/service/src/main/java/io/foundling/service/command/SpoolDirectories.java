package io.foundling.service.command;

import io.foundling.client.spool.SpoolExamination;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Finds the spools that a user names, and says why there are none. */
record SpoolDirectories(CommandSpec spec) {

    /**
     * The spools of a directory.
     *
     * @param exitCode not 0 if some directories could not be read, which were reported
     */
    record Found(List<Path> spools, int exitCode) {}

    /** Finds the spools of a directory. Fails if there are none and every directory could be read. */
    Found find(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(
                    spec.commandLine(),
                    Files.exists(directory)
                            ? directory + " is a file, expected the directory of a spool"
                            : "there is no directory " + directory);
        }
        AtomicInteger exitCode = new AtomicInteger(ExitCode.OK);
        List<Path> found =
                SpoolExamination.find(directory, (child, failure) -> exitCode.set(reportUnusable(child, failure)));
        if (found.isEmpty() && exitCode.get() == ExitCode.OK) {
            throw new CommandFailure(
                    ExitCode.STATE,
                    "there is no spool in " + directory
                            + ": everything was sent, or audit.spool.root or audit.spool.directory is another one");
        }
        return new Found(found, exitCode.get());
    }

    /** Reports a directory that cannot be used, so that the command can go on with others; returns its exit code. */
    int reportUnusable(Path directory, IOException failure) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                failure instanceof AccessDeniedException || failure.getCause() instanceof AccessDeniedException
                        ? directory + " belongs to another user: run this command as the user of the service"
                        : "the spool in " + directory + " cannot be used: " + failure.getMessage());
        err.flush();
        return ExitCode.STATE;
    }
}
