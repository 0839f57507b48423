package io.foundling.service.command;

import io.foundling.service.config.ConfigFile;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.intake.IntakeService;
import io.foundling.service.metrics.BuildVersion;
import io.foundling.service.process.RunningProcess;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code foundling intake}. */
@Command(
        name = "intake",
        description =
                "Takes audit events over HTTP, from those who have no Kafka, until it is stopped. It needs no database.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Takes events at http://127.0.0.1:8090/api/v1/events, and those of OpenLineage",
            "  # at http://127.0.0.1:8090/api/v1/lineage, until SIGTERM",
            "  foundling intake --config foundling.yaml"
        })
final class IntakeCommand extends RunCommand {

    IntakeCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    RunningProcess start(ServiceConfig config, Optional<ConfigFile> file) {
        return new IntakeService(config, BuildVersion.text());
    }
}
