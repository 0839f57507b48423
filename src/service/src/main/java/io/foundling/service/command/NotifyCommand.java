package io.foundling.service.command;

import io.foundling.service.config.ConfigFile;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.metrics.BuildVersion;
import io.foundling.service.notify.NotifyService;
import io.foundling.service.process.RunningProcess;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code foundling notify}. */
@Command(
        name = "notify",
        description = "Sends alerts to the receivers of the configuration until it is stopped.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[test]",
        footer = {"%nExamples:", "  # Sends alerts, until SIGTERM", "  foundling notify --config foundling.yaml"})
final class NotifyCommand extends RunCommand {

    NotifyCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    RunningProcess start(ServiceConfig config, Optional<ConfigFile> file) {
        return new NotifyService(config, BuildVersion.text());
    }
}
