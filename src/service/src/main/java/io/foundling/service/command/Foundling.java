package io.foundling.service.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
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
            "1:an unexpected failure; FOUNDLING_LOG_LEVEL=DEBUG logs the details",
            "2:wrong options, configuration or mapping",
            "3:broker, registry, topics or console are not as needed",
            "4:the local state cannot be used, or another process has the name of this instance",
            "5:another application writes the output topics",
            "6:the console knows nothing of what was asked for"
        })
public final class Foundling implements Runnable {

    @Spec
    private CommandSpec spec;

    Foundling() {}

    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), arguments));
    }

    /**
     * Runs the command line on standard output and standard error. The log of every command but {@code serve},
     * {@code notify}, {@code console}, {@code intake} and {@code bridge} is silent, unless the environment asks for a level.
     *
     * @param furtherCommands picocli commands that another module adds to those of the service
     * @return the exit code of the process
     */
    public static int run(Map<String, String> environment, String[] arguments, Object... furtherCommands) {
        return commandLine(environment, furtherCommands)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setExecutionStrategy(parsed -> {
                    LogFormat.problem(environment).ifPresent(problem -> {
                        throw new ParameterException(parsed.commandSpec().commandLine(), problem);
                    });
                    // An operator reads the log of a process; the other commands say all that a user needs.
                    if (!isProcess(parsed)) {
                        QuietLog.unlessAsked(environment);
                    }
                    return new CommandLine.RunLast().execute(parsed);
                })
                .execute(arguments);
    }

    /** Returns the command line, with the environment that its commands see. */
    static CommandLine commandLine(Map<String, String> environment, Object... furtherCommands) {
        return commandLineAt(InstantSource.system(), environment, furtherCommands);
    }

    /** Returns the command line, with the clock by which its commands count ages. */
    static CommandLine commandLineAt(InstantSource clock, Map<String, String> environment, Object... furtherCommands) {
        FailureReport failures = new FailureReport(environment);
        CommandLine topics = new CommandLine(new TopicsCommand())
                .addSubcommand(new TopicsApplyCommand(environment))
                .addSubcommand(new TopicsCheckCommand(environment));
        CommandLine notify =
                new CommandLine(new NotifyCommand(environment)).addSubcommand(new NotifyTestCommand(environment));
        CommandLine policies = new CommandLine(new PoliciesCommand())
                .addSubcommand(new PoliciesCheckCommand(environment))
                .addSubcommand(new PoliciesTestCommand(environment));
        CommandLine spool = new CommandLine(new SpoolCommand())
                .addSubcommand(new SpoolShowCommand())
                .addSubcommand(new SpoolSendCommand(environment));
        CommandLine token = new CommandLine(new TokenCommand()).addSubcommand(new TokenNewCommand());
        CommandLine all = new CommandLine(new Foundling())
                .addSubcommand(new ServeCommand(environment))
                .addSubcommand(notify)
                .addSubcommand(new ConsoleCommand(environment))
                .addSubcommand(new IntakeCommand(environment))
                .addSubcommand(new BridgeCommand(environment))
                .addSubcommand(topics)
                .addSubcommand(policies)
                .addSubcommand(new DoctorCommand(environment))
                .addSubcommand(new ReplayCommand(environment))
                .addSubcommand(new TailCommand(environment, clock))
                .addSubcommand(new RebuildCommand(environment))
                .addSubcommand(spool)
                .addSubcommand(token);
        addQuestions(all, environment, clock);
        all.addSubcommand(new VersionCommand()).addSubcommand(new CompletionCommand());
        for (Object command : furtherCommands) {
            all.addSubcommand(command);
        }
        return all.registerConverter(Duration.class, new DurationOption())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    /** Adds the commands that ask a console. */
    private static void addQuestions(CommandLine all, Map<String, String> environment, InstantSource clock) {
        all.addSubcommand(ListCommand.of(environment, clock))
                .addSubcommand(new ShowCommand(environment, clock))
                .addSubcommand(new MissingCommand(environment, clock))
                .addSubcommand(new ExplainCommand(environment))
                .addSubcommand(new TrailCommand(environment, clock))
                .addSubcommand(ActCommand.of(environment));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** Whether a command runs until it is stopped. */
    private static boolean isProcess(ParseResult parsed) {
        return parsed.hasSubcommand()
                && !parsed.subcommand().hasSubcommand()
                && parsed.subcommand().commandSpec().userObject() instanceof RunCommand;
    }
}
