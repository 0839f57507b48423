package io.foundling.service.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.service.config.BridgeSettings;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.mapping.InvalidMappingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedBridgeTest {

    @TempDir
    private Path directory;

    @Test
    void shouldReadTheMappingOfEachBridge() throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("orders.yaml"), BridgeRig.MAPPING);

        // Then
        assertThat(MappedBridge.read(List.of(bridge("a", file), bridge("b", file))))
                .hasSize(2);
    }

    @Test
    void shouldSayThatThereIsNoBridge() {
        assertThatThrownBy(() -> MappedBridge.read(List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("bridges is missing, expected a list of those that topics are read by");
    }

    @Test
    void shouldNameEveryFileThatCannotBeRead() {
        // Given
        Path absent = directory.resolve("absent.yaml");

        // Then
        assertThatThrownBy(() -> MappedBridge.read(List.of(bridge("a", absent), bridge("b", directory))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("bridges[].mappingFile of 'a', " + absent + ", ")
                .hasMessageContaining("bridges[].mappingFile of 'b', " + directory + ", ");
    }

    @Test
    void shouldSayWhatIsWrongInAMapping() throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("orders.yaml"), "subject: {}\n");

        // Then
        assertThatThrownBy(() -> MappedBridge.read(List.of(bridge("a", file))))
                .isInstanceOf(InvalidMappingException.class)
                .hasMessageContaining("orders.yaml");
    }

    private static BridgeSettings bridge(String name, Path mapping) {
        return new BridgeSettings(name, "shop.outbox", BridgeSettings.Format.JSON, mapping, "audit.events");
    }
}
