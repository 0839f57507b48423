package io.foundling.client.internal.spool;

import static io.foundling.client.internal.spool.SpoolFiles.open;
import static io.foundling.client.internal.spool.SpoolFiles.texts;
import static io.foundling.client.internal.spool.SpoolFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events can have personal data, so other users of the machine must not read them. */
class SpoolRightsTest {

    @TempDir
    private Path parent;

    @BeforeEach
    void onlyWhereFilesHaveRights() throws IOException {
        FileStore store = Files.getFileStore(parent);
        Assumptions.assumeTrue(store.supportsFileAttributeView("posix"));
    }

    @Test
    void shouldLetNobodyElseReadWhatItCreates() throws IOException {
        // Given
        Path directory = parent.resolve("below").resolve("spool");

        // When
        try (Spool spool = open(directory)) {
            write(spool, texts(0, 3));
            spool.sent(spool.first());
        }

        // Then
        assertThat(rights(directory)).isEqualTo("rwx------");
        assertThat(rights(directory.getParent())).isEqualTo("rwx------");
        assertThat(files(directory))
                .hasSize(3)
                .extracting(SpoolRightsTest::rights)
                .containsOnly("rw-------");
    }

    @Test
    void shouldTakeTheRightsOfOthersAwayFromOlderFilesAndFromNothingElse() throws IOException {
        // Given
        try (Spool spool = open(parent)) {
            write(spool, texts(0, 3));
        }
        Path foreign = Files.createFile(parent.resolve("notes.txt"));
        for (Path file : files(parent)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));

        // When
        open(parent).close();

        // Then
        assertThat(rights(parent)).isEqualTo("rwxr-xr-x");
        assertThat(rights(foreign)).isEqualTo("rw-r--r--");
        assertThat(files(parent))
                .filteredOn(file -> !file.equals(foreign))
                .isNotEmpty()
                .extracting(SpoolRightsTest::rights)
                .containsOnly("rw-------");
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static String rights(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
