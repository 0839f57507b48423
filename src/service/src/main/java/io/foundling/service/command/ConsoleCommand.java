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
        mixinStandardHelpOptions = true)
final class ConsoleCommand extends RunCommand {

    ConsoleCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    RunningProcess start(ServiceConfig config, Optional<ConfigFile> file) {
        return new ConsoleService(config, BuildVersion.text());
    }
}
