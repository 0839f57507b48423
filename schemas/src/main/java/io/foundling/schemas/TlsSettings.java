package io.foundling.schemas;

import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.registry.RegistryTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Reads {@code schema.registry.ssl.*} with Kafka's own code, so that they mean exactly what {@code ssl.*} means for its
 * clients.
 */
final class TlsSettings {

    private static final String PREFIX = AvroConfig.REGISTRY_PREFIX + "ssl.";
    private static final String HOST_CHECK = "https";

    private TlsSettings() {}

    /**
     * Returns the TLS configuration of the settings; empty if there are none.
     *
     * @throws ConfigException if they cannot be used; files are read now
     */
    static Optional<RegistryTls> of(AvroConfig config) {
        if (config.originals().keySet().stream().noneMatch(key -> key.startsWith(PREFIX))) {
            return Optional.empty();
        }
        Map<String, Object> ssl = new HashMap<>();
        config.values().forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                ssl.put(key.substring(AvroConfig.REGISTRY_PREFIX.length()), value);
            }
        });
        requireFile(ssl, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
        requireFile(ssl, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
        if (ssl.get(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG) != null) {
            throw new ConfigException(
                    "'" + PREFIX + "engine.factory.class' is set, expected to be left out: the registry"
                            + " is always reached with Kafka's own");
        }
        requireHostCheck(ssl);
        return Optional.of(made(ssl));
    }

    private static RegistryTls made(Map<String, Object> ssl) {
        DefaultSslEngineFactory factory = new DefaultSslEngineFactory();
        try {
            factory.configure(ssl);
            return new RegistryTls(
                    factory.sslContext(),
                    factory.createClientSslEngine("", 0, HOST_CHECK).getSSLParameters());
        } catch (KafkaException | IllegalArgumentException unusable) {
            throw new ConfigException("the settings '" + PREFIX + "*' cannot be used: " + Causes.sentence(unusable));
        }
    }

    /**
     * The JDK's HTTP client checks the host name of every request; that can only be switched off for the whole process.
     */
    private static void requireHostCheck(Map<String, Object> ssl) {
        Object algorithm = ssl.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
        if (!HOST_CHECK.equalsIgnoreCase(String.valueOf(algorithm))) {
            throw new ConfigException("'" + PREFIX + "endpoint.identification.algorithm' is '" + algorithm
                    + "', expected https: the certificate must name the host of '" + AvroConfig.REGISTRY_URL
                    + "', unless the JVM is started with -Djdk.internal.httpclient.disableHostnameVerification");
        }
    }

    private static void requireFile(Map<String, Object> ssl, String key) {
        Object location = ssl.get(key);
        if (location != null && !Files.isReadable(Path.of(location.toString()))) {
            throw new ConfigException(
                    "'" + AvroConfig.REGISTRY_PREFIX + key + "' is " + location + ", expected a file that can be read");
        }
    }
}
