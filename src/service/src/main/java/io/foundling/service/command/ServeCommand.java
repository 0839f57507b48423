package io.foundling.service.command;

import io.foundling.service.config.ConfigFile;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.metrics.BuildVersion;
import io.foundling.service.process.RunningProcess;
import io.foundling.service.runtime.LedgerService;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code foundling serve}. */
@Command(
        name = "serve",
        description = "Runs the service until it is stopped.",
        mixinStandardHelpOptions = true,
        footer = {"%nExamples:", "  # One instance, until SIGTERM", "  foundling serve --config foundling.yaml"})
final class ServeCommand extends RunCommand {

    ServeCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    RunningProcess start(ServiceConfig config, Optional<ConfigFile> file) {
        return new LedgerService(config, file, BuildVersion.text());
    }
}
