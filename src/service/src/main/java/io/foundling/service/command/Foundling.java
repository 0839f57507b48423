package io.foundling.service.command;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The main class: finds the records that pipelines lose. */
@Command(
        name = "foundling",
        description = "Finds the records that pipelines lose: an audit processor on Kafka.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something unexpected; FOUNDLING_LOG_LEVEL=DEBUG tells more",
            "2:wrong options, configuration or mapping",
            "3:broker, registry or topics are not as needed",
            "4:the local state cannot be used, or another process has the name of this instance"
        })
public final class Foundling implements Runnable {

    /** Their log is what an operator reads. */
    private static final Set<String> RUNS_THE_SERVICE = Set.of("serve", "demo");

    @Spec
    private CommandSpec spec;

    Foundling() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        CommandLine command = commandLine(environment)
                .setOut(new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true))
                .setErr(new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true))
                .setExecutionStrategy(parsed -> {
                    if (!RUNS_THE_SERVICE.contains(name(parsed))) {
                        QuietLog.unlessAsked(environment);
                    }
                    return new CommandLine.RunLast().execute(parsed);
                });
        System.exit(command.execute(arguments));
    }

    /** Returns the command line, with the environment that its commands see. */
    static CommandLine commandLine(Map<String, String> environment) {
        FailureReport failures = new FailureReport();
        CommandLine topics = new CommandLine(new TopicsCommand())
                .addSubcommand(new TopicsApplyCommand(environment))
                .addSubcommand(new TopicsCheckCommand(environment));
        CommandLine all = new CommandLine(new Foundling())
                .addSubcommand(new ServeCommand(environment))
                .addSubcommand(topics)
                .addSubcommand(new DoctorCommand(environment))
                .addSubcommand(new ReplayCommand(environment))
                .addSubcommand(new TailCommand(environment));
        if (bringsBrokerAndRegistry()) {
            all.addSubcommand(new DemoCommand(environment));
        }
        return all.setExecutionExceptionHandler(failures).setParameterExceptionHandler(failures);
    }

    /** Whether what only the demo needs is on the class path: a deployed service comes without it. */
    private static boolean bringsBrokerAndRegistry() {
        return Foundling.class.getResource("/io/foundling/local/LocalStack.class") != null;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static String name(ParseResult parsed) {
        return parsed.hasSubcommand() ? parsed.subcommand().commandSpec().name() : "";
    }
}
