package io.foundling.service.command;

import io.foundling.service.config.ConfigFile;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options with which every command finds broker and registry. */
final class ConfigOptions {

    private final Map<String, String> environment;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration of the service; default: the file that FOUNDLING_CONFIG names, if any.")
    private Path file;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            description = "Brokers; overrides kafka.bootstrap.servers of the configuration.")
    private String bootstrapServers;

    @Option(
            names = "--schema-registry-url",
            paramLabel = "URL,...",
            description = "Registry; overrides avro.schema.registry.url of the configuration.")
    private String schemaRegistryUrl;

    ConfigOptions(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads the configuration.
     *
     * @throws io.foundling.service.config.ConfigurationException if it has problems; it lists all of them
     */
    ServiceConfig read() {
        return file().map(ConfigFile::config)
                .orElseGet(() -> reader().read("the configuration (no --config, no FOUNDLING_CONFIG)", ""));
    }

    /**
     * Opens the file of the configuration, if there is one.
     *
     * @throws io.foundling.service.config.ConfigurationException if the configuration has problems; it lists all of them
     */
    Optional<ConfigFile> file() {
        Optional<Path> named = Optional.ofNullable(environment.get("FOUNDLING_CONFIG"))
                .filter(name -> !name.isEmpty())
                .map(Path::of);
        return Optional.ofNullable(file).or(() -> named).map(reader()::open);
    }

    private ConfigReader reader() {
        Map<String, String> overlaid = new HashMap<>(environment);
        overlay(overlaid, "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        overlay(overlaid, "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL", schemaRegistryUrl);
        return new ConfigReader(overlaid);
    }

    /** An option also replaces the variable's form that names a file with the value. */
    private static void overlay(Map<String, String> environment, String variable, String value) {
        if (value != null) {
            environment.remove(variable + "_FILE");
            environment.put(variable, value);
        }
    }
}
