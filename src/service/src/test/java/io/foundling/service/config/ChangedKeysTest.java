package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which keys of a changed file count from the next start. */
final class ChangedKeysTest {

    private static List<String> changed(String before, String after) {
        ConfigReader reader = new ConfigReader(Map.of("FOUNDLING_THREADS", "2"));
        return ChangedKeys.between(reader.written("a", before), reader.written("a", after));
    }

    @Test
    void shouldNameKeysAndKeysOfClientsInTheOrderOfTheReference() {
        assertThat(changed(
                        "allowedLag: 5s\nkafka: {a.b: 1, c: 2}\nhttp: {port: 1}\n",
                        "allowedLag: 6s\nkafka: {a.b: 2, d: 2}\nhttp: {port: 2}\n"))
                .containsExactlyInAnyOrder("allowedLag", "kafka.a.b", "kafka.c", "kafka.d", "http.port");
    }

    @Test
    void shouldNotNameWhatIsWrittenInAnotherWay() {
        assertThat(changed("allowedLag: 60s\n", "allowedLag: 1m\nmaxSkew: 5m\n"))
                .isEmpty();
    }

    @Test
    void shouldNotNamePoliciesAndWhatAVariableOverrides() {
        assertThat(changed("policies: [{name: a}]\nthreads: 1\n", "policies: [{name: b}]\nthreads: 3\n"))
                .isEmpty();
    }

    @Test
    void shouldNameReceiversTogether() {
        assertThat(changed("receivers: [{name: a}]\n", "receivers: [{name: b}]\n"))
                .containsExactly("receivers");
    }

    @Test
    void shouldNameBridgesTogether() {
        assertThat(changed("bridges: [{name: a}]\n", "bridges: [{name: b}]\n")).containsExactly("bridges");
    }
}
