package io.foundling.schemas.registry;

import io.foundling.schemas.failure.TlsFailure;
import java.io.IOException;
import java.util.Optional;

/** Explains why a registry cannot be reached by TLS. */
final class TlsRefusal {

    private static final String TRUST = "schema.registry.ssl.truststore.location";
    private static final String KEYS = "schema.registry.ssl.keystore.location";

    private TlsRefusal() {}

    static Optional<AccessRefused> of(RegistryAddress address, IOException failure) {
        return failure(address).sentence(failure).map(sentence -> new AccessRefused(sentence, failure));
    }

    static String hint(RegistryAddress address, IOException failure) {
        return "https".equals(address.uri().getScheme()) ? failure(address).hint(failure) : "";
    }

    private static TlsFailure failure(RegistryAddress address) {
        return new TlsFailure("the schema registry at " + address.shown(), "schema.registry.url", TRUST, KEYS);
    }
}
