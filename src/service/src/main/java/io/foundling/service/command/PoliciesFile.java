package io.foundling.service.command;

import io.foundling.service.config.ConfigReader;
import io.foundling.topology.settings.PolicySet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A configuration file of which only the policies are wanted: it may be a whole configuration, or have nothing but
 * policies. Everything that is written in it must be valid.
 */
final class PoliciesFile {

    /** Required of a configuration; where there is no address in the file, none is needed. */
    private static final Map<String, String> NOT_NEEDED = Map.of(
            "FOUNDLING_KAFKA_BOOTSTRAP_SERVERS", "not-needed:9092",
            "FOUNDLING_AVRO_SCHEMA_REGISTRY_URL", "http://not-needed");

    private final Map<String, String> environment;

    PoliciesFile(Map<String, String> environment) {
        this.environment = new HashMap<>(environment);
        NOT_NEEDED.forEach(this.environment::putIfAbsent);
    }

    /**
     * Returns the policies of a file.
     *
     * @throws io.foundling.service.config.ConfigurationException if the file has problems; it lists all of them
     */
    PolicySet read(Path file) {
        return new ConfigReader(environment).read(file).ledger().policySet();
    }

    static String counted(PolicySet policies) {
        return counted(policies.policies().size(), "policy", "policies") + ", "
                + counted(policies.expectations().size(), "expectation", "expectations");
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
