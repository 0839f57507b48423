package io.foundling.service.state;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskWatchTest {

    private final List<String> reported = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void shouldTellWhenThereWasNoSpaceTwiceInARow() {
        // Given
        DiskWatch watch = watch(new StateDirectory(directory, Long.MAX_VALUE));

        // When
        watch.look();
        List<String> afterTheFirst = List.copyOf(reported);
        watch.look();

        // Then
        assertThat(afterTheFirst).isEmpty();
        assertThat(reported)
                .singleElement(as(STRING))
                .matches("no space is left in " + directory
                        + " \\([\\d,]+ of [\\d,]+ KiB free\\); make space there, or set"
                        + " stateDirectory to a larger disk: uncommitted events are read again at the next start");
    }

    @Test
    void shouldTellNothingWhileThereIsSpace() {
        // Given
        DiskWatch watch = watch(new StateDirectory(directory));

        // When
        watch.look();
        watch.look();

        // Then
        assertThat(reported).isEmpty();
    }

    /** Nobody knows how much space such a file system has. */
    @Test
    void shouldTellNothingWhereNobodyCanTell() {
        // Given
        Path unknown = Path.of("/proc");
        assumeThat(unknown).exists();
        DiskWatch watch = watch(new StateDirectory(unknown));

        // When
        watch.look();
        watch.look();

        // Then
        assertThat(reported).isEmpty();
    }

    private DiskWatch watch(StateDirectory directory) {
        return new DiskWatch(directory, why -> reported.add(why.getMessage()));
    }
}
