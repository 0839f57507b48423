package io.foundling.service.it.delivery;

import io.foundling.local.LocalStack;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.it.rig.LiveProcess;
import io.foundling.service.notify.NotifyService;
import java.util.Map;

/** {@code notify} in this JVM. */
final class LiveNotify extends LiveProcess {

    private LiveNotify(ServiceConfig config) {
        super(new NotifyService(config, "test"));
    }

    /** Starts an instance, and waits until it serves its receivers, or waits for them. */
    static LiveNotify ready(LocalStack stack, String instance, String settings) {
        Map<String, String> variables = Map.of("FOUNDLING_INSTANCE", instance, "FOUNDLING_HTTP_HOST", "127.0.0.1");
        LiveNotify notify = new LiveNotify(config(stack, variables, settings));
        notify.awaitReadiness();
        return notify;
    }
}
