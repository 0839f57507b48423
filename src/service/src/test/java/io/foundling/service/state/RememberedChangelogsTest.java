package io.foundling.service.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.service.rebuild.RebuiltChangelogs;
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
    private static final RebuiltChangelogs NONE = new RebuiltChangelogs(Map.of());

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void makeAStore() throws IOException {
        store = Files.createDirectories(directory.resolve("foundling/0_0/rocksdb"));
        Files.writeString(store.resolve("CURRENT"), "x");
    }

    @Test
    void shouldKeepTheStoresOfTheSameChangelog() throws IOException {
        // Given
        Uuid id = Uuid.randomUuid();
        compare(Map.of(CHANGELOG, id), NONE);

        // When
        compare(Map.of(CHANGELOG, id), NONE);

        // Then
        assertThat(store).isNotEmptyDirectory();
    }

    @Test
    void shouldDeleteTheStoresOfAChangelogThatARebuildMadeAnew() throws IOException {
        // Given
        compare(Map.of(CHANGELOG, Uuid.randomUuid()), NONE);
        Map<String, Uuid> anew = Map.of(CHANGELOG, Uuid.randomUuid());

        // When
        compare(anew, new RebuiltChangelogs(anew));

        // Then
        assertThat(directory.resolve("foundling")).doesNotExist();
        makeAStore();
        compare(anew, NONE);
        assertThat(store).isNotEmptyDirectory();
    }

    @Test
    void shouldKeepTheStoresAndRefuseIfNoRebuildMadeTheChangelogAnew() throws IOException {
        // Given
        compare(Map.of(CHANGELOG, Uuid.randomUuid()), NONE);
        Map<String, Uuid> anew = Map.of(CHANGELOG, Uuid.randomUuid());
        RebuiltChangelogs another = new RebuiltChangelogs(Map.of(CHANGELOG, Uuid.randomUuid()));

        // When and then
        assertThatThrownBy(() -> compare(anew, another))
                .isInstanceOf(UnusableStateException.class)
                .hasMessageContaining(CHANGELOG)
                .hasMessageContaining("foundling rebuild");
        assertThat(store).isNotEmptyDirectory();
    }

    @Test
    void shouldGoOnWithAnotherChangelogIfThereAreNoStores() throws IOException {
        // Given
        compare(Map.of(CHANGELOG, Uuid.randomUuid()), NONE);
        Files.delete(store.resolve("CURRENT"));
        for (Path each = store; !each.equals(directory); each = each.getParent()) {
            Files.delete(each);
        }
        Map<String, Uuid> anew = Map.of(CHANGELOG, Uuid.randomUuid());

        // When
        compare(anew, NONE);

        // Then
        makeAStore();
        compare(anew, NONE);
        assertThat(store).isNotEmptyDirectory();
    }

    @Test
    void shouldNotTakeAChangelogForTheFormerOneThatReplacedItWhileTheServiceRan() throws IOException {
        // Given
        Uuid former = Uuid.randomUuid();
        Map<String, Uuid> anew = Map.of(CHANGELOG, Uuid.randomUuid());
        new RememberedChangelogs(directory, "foundling").remember(Map.of(CHANGELOG, former));

        // When
        new RememberedChangelogs(directory, "foundling").remember(anew);

        // Then
        assertThatThrownBy(() -> compare(anew, NONE)).isInstanceOf(UnusableStateException.class);
        compare(Map.of(CHANGELOG, former), NONE);
        assertThat(directory)
                .isDirectoryNotContaining(file -> file.getFileName().toString().endsWith(".new"));
    }

    @Test
    void shouldKeepTheStoresWhileTheChangelogIsMissing() throws IOException {
        // Given
        compare(Map.of(CHANGELOG, Uuid.randomUuid()), NONE);

        // When
        compare(Map.of(), NONE);

        // Then
        assertThat(store).isNotEmptyDirectory();
    }

    @Test
    void shouldKnowNoChangelogOnceItHasForgottenThem() throws IOException {
        // Given
        compare(Map.of(CHANGELOG, Uuid.randomUuid()), NONE);

        // When
        new RememberedChangelogs(directory, "foundling").forget();

        // Then
        compare(Map.of(CHANGELOG, Uuid.randomUuid()), NONE);
        assertThat(store).isNotEmptyDirectory();
    }

    private void compare(Map<String, Uuid> ids, RebuiltChangelogs rebuilt) throws IOException {
        new RememberedChangelogs(directory, "foundling").compare(ids, () -> rebuilt);
    }
}
