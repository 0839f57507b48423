package io.foundling.console.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    @Test
    void shouldBeTheOffsetOfTheHashWhenThereAreNoLabels() {
        assertThat(Fingerprint.of(Map.of())).isEqualTo("cbf29ce484222325");
    }

    @Test
    void shouldDifferWhenAValueDoes() {
        assertThat(Fingerprint.of(Map.of("a", "b"))).isNotEqualTo(Fingerprint.of(Map.of("a", "c")));
    }

    /** Computed as prometheus/common does it. */
    @ParameterizedTest
    @CsvSource({"a, 180, 0c135a71c7fff12d", "quelle, Universität, 75a9e04dadc9b14d"})
    void shouldBeThatOfAlertmanager(String name, String value, String fingerprint) {
        assertThat(Fingerprint.of(Map.of(name, value))).isEqualTo(fingerprint);
    }
}
