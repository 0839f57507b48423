package io.foundling.service.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateDirectoryTest {

    @Test
    void shouldMakeTheDirectoryAndLeaveNothingInIt(@TempDir Path parent) throws IOException {
        Path path = parent.resolve("a/b");

        new StateDirectory(path).requireUsable();

        assertThat(path).isEmptyDirectory();
    }

    @Test
    void shouldSayWhatIsWrongWhenThePathIsAFile(@TempDir Path parent) throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");

        assertThatExceptionOfType(UnusableStateException.class)
                .isThrownBy(() -> new StateDirectory(file).requireUsable())
                .withMessageStartingWith(
                        "the state in " + file + " cannot be used (FileAlreadyExistsException: " + file)
                .withMessageContaining("stateDirectory");
    }

    @Test
    void shouldRefuseToStartWhereAStoreCouldNotWriteForLong(@TempDir Path path) {
        assertThatExceptionOfType(UnusableStateException.class)
                .isThrownBy(() -> new StateDirectory(path, Long.MAX_VALUE).requireUsable())
                .withMessageStartingWith("no space is left in " + path);
        assertThat(path).isEmptyDirectory();
    }
}
