package io.foundling.service.command;

import io.foundling.service.config.ConfigFile;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.metrics.BuildVersion;
import io.foundling.service.process.RunningProcess;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that runs a process until it is stopped. */
abstract class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private final ConfigOptions options;

    RunCommand(Map<String, String> environment) {
        options = new ConfigOptions(environment);
    }

    /**
     * Starts the process, which answers probes from then on.
     *
     * @param file of the configuration; none: it came from options and the environment
     */
    abstract RunningProcess start(ServiceConfig config, Optional<ConfigFile> file);

    @Override
    public Integer call() throws InterruptedException {
        Optional<ConfigFile> file = options.file();
        ServiceConfig config = file.map(ConfigFile::config).orElseGet(options::read);
        logStart(config, file);
        try (RunningProcess process = start(config, file)) {
            Runtime.getRuntime().addShutdownHook(new Thread(process::close, "foundling-stop"));
            LOG.info(
                    "instance {} of {} answers on port {}",
                    config.instance().name(),
                    config.instance().application(),
                    process.httpPort());
            process.run();
            return ExitCode.OK;
        }
    }

    /** Logs what runs under which rules; whoever compares two instances compares the digests. */
    private void logStart(ServiceConfig config, Optional<ConfigFile> file) {
        LOG.atInfo()
                .addKeyValue("version", BuildVersion.text())
                .addKeyValue("configuration", file.map(ConfigFile::toString).orElse("none"))
                .addKeyValue(
                        "sha256",
                        file.map(ConfigFile::textAtStart)
                                .map(ConfigFile::digest)
                                .orElse("none"))
                .addKeyValue("policies", PoliciesFile.counted(config.ledger().policySet()))
                .log("{} starts", spec.name());
    }
}
