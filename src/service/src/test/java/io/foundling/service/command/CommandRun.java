package io.foundling.service.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;

/** What a command line returned and printed. */
public record CommandRun(int exitCode, String out, String err) {

    /** Runs a command line in this JVM, without any environment. */
    public static CommandRun of(String... arguments) {
        return with(Map.of(), arguments);
    }

    /** Runs a command line in this JVM. */
    public static CommandRun with(Map<String, String> environment, String... arguments) {
        return at(InstantSource.system(), environment, arguments);
    }

    /** Runs a command line in this JVM, at a time of its own. */
    public static CommandRun at(InstantSource clock, Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Foundling.commandLineAt(clock, environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        int exitCode = command.execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
