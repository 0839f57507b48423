package io.foundling.service.command;

import io.foundling.service.bridge.BridgeService;
import io.foundling.service.config.ConfigFile;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.metrics.BuildVersion;
import io.foundling.service.process.RunningProcess;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code foundling bridge}. */
@Command(
        name = "bridge",
        description =
                "Turns the records of other topics into audit events, by the bridges of the configuration, until it"
                        + " is stopped. Each record has its effect exactly once.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Reads the topics of all bridges, until SIGTERM",
            "  foundling bridge --config foundling.yaml"
        })
final class BridgeCommand extends RunCommand {

    BridgeCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    RunningProcess start(ServiceConfig config, Optional<ConfigFile> file) {
        return new BridgeService(config, BuildVersion.text());
    }
}
