package io.foundling.demo;

import io.foundling.local.LocalStartException;
import io.foundling.service.command.CommandFailure;
import io.foundling.service.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foundling demo}. */
@Command(
        name = "demo",
        description = "Starts a broker, a registry and the service on this machine, runs a small pipeline that loses"
                + " records, shows what the ledger emits, and compares it with what was intended: exit code 0 if the"
                + " two are equal, else 1. Nothing is left behind, also after Ctrl-C.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Option(
            names = "--dir",
            paramLabel = "DIRECTORY",
            description = "Keeps all files there instead of in a temporary directory; missing or empty.")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--keep", description = "Leaves everything running after the summary, until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            description = "For how long batches are opened, one every 4 s; default ${DEFAULT-VALUE}. The last one takes"
                    + " 15 s more.",
            defaultValue = "16s")
    private Duration duration;

    @Spec
    private CommandSpec spec;

    DemoCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        requireEmpty();
        DemoLog log = new DemoLog(environment);
        log.warningsOnly();
        try {
            DemoOptions options = new DemoOptions(directory, keep, duration);
            return Demo.run(
                            options,
                            spec.commandLine().getOut(),
                            Terminal.takesEscapes(Terminal.isPresent(), environment),
                            log::nothing)
                    ? ExitCode.OK
                    : ExitCode.UNEXPECTED;
        } catch (DemoFailedException failed) {
            throw new CommandFailure(ExitCode.UNEXPECTED, failed.getMessage());
        } catch (LocalStartException failed) {
            throw new CommandFailure(ExitCode.UNAVAILABLE, failed.getMessage());
        }
    }

    /** What an earlier demo left there would be taken for what this one has done. */
    private void requireEmpty() {
        directory.filter(Files::exists).ifPresent(given -> {
            try (Stream<Path> content = Files.list(given)) {
                if (content.findAny().isEmpty()) {
                    return;
                }
            } catch (IOException unreadable) {
                // Said below.
            }
            throw new ParameterException(
                    spec.commandLine(), "--dir is " + given + ", must be a directory that is empty or does not exist");
        });
    }
}
