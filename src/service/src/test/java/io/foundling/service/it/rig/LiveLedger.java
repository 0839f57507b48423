package io.foundling.service.it.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import io.foundling.service.command.CommandRun;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.runtime.LedgerService;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The service in this JVM, as {@code serve} runs it. */
public final class LiveLedger extends LiveProcess {

    private LiveLedger(ServiceConfig config) {
        super(new LedgerService(config, "test"));
    }

    /**
     * Starts it and does not wait.
     *
     * @param directory for its state; the same one brings the same instance back
     * @param settings configuration in its YAML form, without addresses and state directory
     */
    public static LiveLedger start(LocalStack stack, Path directory, String settings) {
        Map<String, String> variables =
                Map.of("FOUNDLING_STATE_DIRECTORY", directory.toString(), "FOUNDLING_INSTANCE", "live");
        return new LiveLedger(config(stack, variables, settings));
    }

    /** Makes the topics, with few partitions, so that a busy machine keeps up. */
    public static void createTopics(LocalStack stack, int partitions, String... sources) {
        Map<String, String> environment = new HashMap<>(environment(stack));
        environment.put("FOUNDLING_SOURCES", String.join(",", sources));
        CommandRun apply =
                CommandRun.with(environment, "topics", "apply", "--partitions", Integer.toString(partitions));
        assertThat(apply.exitCode()).as(apply.err() + apply.out()).isZero();
    }

    public LiveLedger awaitReady() {
        awaitReadiness();
        return this;
    }
}
