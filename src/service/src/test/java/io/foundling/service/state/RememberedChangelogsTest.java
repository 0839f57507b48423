package io.foundling.service.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RememberedChangelogsTest {

    private static final String CHANGELOG = "foundling-ledger-store-changelog";

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void makeAStore() throws IOException {
        store = Files.createDirectories(directory.resolve("foundling/0_0/rocksdb"));
        Files.writeString(store.resolve("CURRENT"), "x");
    }

    @Test
    void shouldKeepTheStoresOfTheSameChangelog() {
        // Given
        Uuid id = Uuid.randomUuid();
        new RememberedChangelogs(directory, "foundling").compare(Map.of(CHANGELOG, id));

        // When
        new RememberedChangelogs(directory, "foundling").compare(Map.of(CHANGELOG, id));

        // Then
        assertThat(store).isNotEmptyDirectory();
    }

    @Test
    void shouldDeleteTheStoresOfAChangelogThatWasMadeAnew() {
        // Given
        new RememberedChangelogs(directory, "foundling").compare(Map.of(CHANGELOG, Uuid.randomUuid()));

        // When
        new RememberedChangelogs(directory, "foundling").compare(Map.of(CHANGELOG, Uuid.randomUuid()));

        // Then
        assertThat(directory.resolve("foundling")).doesNotExist();
    }

    @Test
    void shouldKeepTheStoresWhileTheChangelogIsMissing() {
        // Given
        Uuid id = Uuid.randomUuid();
        new RememberedChangelogs(directory, "foundling").compare(Map.of(CHANGELOG, id));

        // When
        new RememberedChangelogs(directory, "foundling").compare(Map.of());

        // Then
        assertThat(store).isNotEmptyDirectory();
    }
}
