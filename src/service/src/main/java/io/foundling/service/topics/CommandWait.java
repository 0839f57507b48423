package io.foundling.service.topics;

import io.foundling.schemas.AvroConfig;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits how long a command waits for the registry: as long as for the broker, because a person is waiting. The service
 * itself waits longer.
 */
public final class CommandWait {

    private CommandWait() {}

    /** Returns the settings of the serdes with limits for the registry, unless they have their own. */
    public static Map<String, String> limited(Map<String, String> avro) {
        Map<String, String> limited = new HashMap<>(avro);
        limited.putIfAbsent(AvroConfig.REGISTRY_MAX_WAIT_MS, String.valueOf(Broker.PATIENCE.toMillis()));
        limited.putIfAbsent(AvroConfig.REGISTRY_REQUEST_TIMEOUT_MS, String.valueOf(Broker.PATIENCE.toMillis() / 2));
        return limited;
    }
}
