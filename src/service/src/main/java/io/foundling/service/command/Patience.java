package io.foundling.service.command;

import io.foundling.schemas.AvroConfig;
import io.foundling.service.topics.Broker;
import java.util.HashMap;
import java.util.Map;

/** How long a command waits where the service would wait longer: a person is looking at it. */
final class Patience {

    private Patience() {}

    /** Returns the settings with a limit for the registry, unless they name one. */
    static Map<String, String> withRegistry(Map<String, String> avro) {
        Map<String, String> limited = new HashMap<>(avro);
        limited.putIfAbsent(AvroConfig.REGISTRY_MAX_WAIT_MS, String.valueOf(Broker.PATIENCE.toMillis()));
        limited.putIfAbsent(AvroConfig.REGISTRY_REQUEST_TIMEOUT_MS, String.valueOf(Broker.PATIENCE.toMillis() / 2));
        return limited;
    }
}
