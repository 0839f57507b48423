package io.foundling.service.it.bridge;

import io.foundling.local.LocalStack;
import io.foundling.service.bridge.BridgeService;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.it.rig.LiveProcess;
import java.util.Map;

/** {@code bridge} in this JVM. */
final class LiveBridge extends LiveProcess {

    private LiveBridge(ServiceConfig config) {
        super(new BridgeService(config, "test"));
    }

    /** Starts an instance and does not wait. */
    static LiveBridge start(LocalStack stack, String settings) {
        Map<String, String> variables = Map.of("FOUNDLING_INSTANCE", "one", "FOUNDLING_HTTP_HOST", "127.0.0.1");
        return new LiveBridge(config(stack, variables, settings));
    }

    LiveBridge awaitReady() {
        awaitReadiness();
        return this;
    }

    long events() {
        return probes().metrics().sum("foundling_bridge_events_total");
    }

    long records(String outcome) {
        return probes().metrics().sum("foundling_bridge_records_total", Map.of("outcome", outcome));
    }
}
