package io.foundling.service.command;

import io.foundling.service.config.ConfigFile;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.console.ConsoleService;
import io.foundling.service.metrics.BuildVersion;
import io.foundling.service.process.RunningProcess;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code foundling console}. */
@Command(
        name = "console",
        description = "Keeps what the topics hold in a database, for lists and searches, until it is stopped.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Answers at http://127.0.0.1:8090, until SIGTERM",
            "  foundling console --config foundling.yaml"
        })
final class ConsoleCommand extends RunCommand {

    ConsoleCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    RunningProcess start(ServiceConfig config, Optional<ConfigFile> file) {
        return new ConsoleService(config, file, BuildVersion.text());
    }
}
