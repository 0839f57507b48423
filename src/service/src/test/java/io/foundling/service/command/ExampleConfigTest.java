package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import io.foundling.topology.settings.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExampleConfigTest {

    @Test
    void shouldHoldTheWindowsOfTheDeclarations() {
        // When
        ServiceConfig config =
                new ConfigReader(Map.of()).read(Path.of("../../deploy/examples/domestic-declarations.yaml"));

        // Then
        assertThat(config.ledger().policies())
                .extracting(policy -> policy.match().status())
                .containsExactly(Optional.of(Status.DEFERRED), Optional.of(Status.PENDING));
        assertThat(config.ledger().policies())
                .extracting(Policy::window)
                .containsExactly(Optional.of(Duration.ofDays(14)), Optional.of(Duration.ofDays(5)));
        assertThat(config.ledger().policies()).extracting(Policy::grace).containsOnly(Duration.ZERO);
        assertThat(config.ledger().lateEvents().arrivalGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.ledger().retention().completed()).isEqualTo(Duration.ofDays(1));
    }
}
