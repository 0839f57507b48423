package io.foundling.service.command;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.metrics.BuildVersion;
import io.foundling.service.runtime.LedgerService;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code foundling serve}. */
@Command(name = "serve", description = "Runs the service until it is stopped.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Mixin
    private final ConfigOptions options;

    ServeCommand(Map<String, String> environment) {
        options = new ConfigOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        ServiceConfig config = options.read();
        try (LedgerService service = new LedgerService(config, BuildVersion.text())) {
            Thread stop = new Thread(service::close, "foundling-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            LOG.info(
                    "instance {} of {} answers on port {}",
                    config.instance().name(),
                    config.instance().application(),
                    service.httpPort());
            service.run();
            return ExitCode.OK;
        }
    }
}
