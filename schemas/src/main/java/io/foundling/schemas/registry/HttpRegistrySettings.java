package io.foundling.schemas.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a registry is reached.
 *
 * @param addresses of one registry, tried in turn
 * @param tls empty for the defaults of the JDK
 * @param normalizes whether the registry should normalise schemas
 * @param maxWait how long one call waits for a registry that does not answer
 * @param requestTimeout how long one request may take, the body of the answer included, before the next address is tried
 */
public record HttpRegistrySettings(
        List<RegistryAddress> addresses,
        Optional<RegistryTls> tls,
        boolean normalizes,
        Duration maxWait,
        Duration requestTimeout) {

    public HttpRegistrySettings {
        addresses = List.copyOf(addresses);
    }
}
