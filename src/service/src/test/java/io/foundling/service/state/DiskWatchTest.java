package io.foundling.service.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskWatchTest {

    /** A file system that never has space. */
    private static final Path FULL = Path.of("/proc");

    private final List<String> told = new ArrayList<>();

    @Test
    void shouldTellWhenThereWasNoSpaceTwiceInARow() {
        // Given
        assumeThat(FULL).exists();
        DiskWatch watch = watch(FULL);

        // When
        watch.look();
        List<String> afterTheFirst = List.copyOf(told);
        watch.look();

        // Then
        assertThat(afterTheFirst).isEmpty();
        assertThat(told)
                .containsExactly("no space is left in /proc (0 of 0 KiB free); make space there, or set"
                        + " stateDirectory to a larger disk: what was not committed is read again at the next start");
    }

    @Test
    void shouldTellNothingWhileThereIsSpace(@TempDir Path directory) {
        // Given
        DiskWatch watch = watch(directory);

        // When
        watch.look();
        watch.look();

        // Then
        assertThat(told).isEmpty();
    }

    private DiskWatch watch(Path path) {
        return new DiskWatch(new StateDirectory(path), why -> told.add(why.getMessage()));
    }
}
