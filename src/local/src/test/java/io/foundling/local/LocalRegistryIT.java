package io.foundling.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRegistryIT {

    @TempDir
    private Path directory;

    @AfterEach
    void forgetTheConfiguredDistribution() {
        System.clearProperty(RegistryDistribution.PROPERTY);
    }

    @Test
    void shouldReturnTheSchemaOfAnIdWhenItWasRegistered() {
        try (LocalRegistry registry = LocalRegistry.startIn(directory)) {
            // Given
            SchemaCalls calls = new SchemaCalls(registry.url());

            // When
            String registered = calls.register("events-value");

            // Then
            assertThat(registered).isEqualTo("{\"id\":1}");
            assertThat(calls.schema(1)).contains(SchemaCalls.SCHEMA);
        }
    }

    @Test
    void shouldKeepIdsAndAddressWhenRestarted() {
        try (LocalRegistry registry = LocalRegistry.startIn(directory)) {
            // Given
            SchemaCalls calls = new SchemaCalls(registry.url());
            calls.register("events-value");

            // When
            registry.stop();
            boolean ranWhileStopped = registry.isRunning();
            registry.start();

            // Then
            assertThat(ranWhileStopped).isFalse();
            assertThat(calls.schema(1)).contains(SchemaCalls.SCHEMA);
        }
    }

    @Test
    @Tag("full")
    void shouldKeepIdsWhenItWasKilled() {
        try (LocalRegistry registry = LocalRegistry.startIn(directory)) {
            // Given
            SchemaCalls calls = new SchemaCalls(registry.url());
            calls.register("events-value");

            // When
            List<ProcessHandle> children = ProcessHandle.current().children().toList();
            assertThat(children).hasSize(1);
            children.get(0).destroyForcibly();
            children.get(0).onExit().join();
            registry.start();

            // Then
            assertThat(calls.schema(1)).contains(SchemaCalls.SCHEMA);
        }
    }

    @Test
    void shouldNameThePropertyWhenTheDistributionIsMissing() {
        // Given
        System.setProperty(RegistryDistribution.PROPERTY, directory.toString());

        // When, Then
        assertThatThrownBy(() -> LocalRegistry.startIn(directory.resolve("registry")))
                .isInstanceOf(LocalStartException.class)
                .hasMessageContaining(directory + " holds no apicurio-registry-app-*-runner.jar")
                .hasMessageContaining("-Dfoundling.local.registry");
    }
}
