package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.access.Access;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Up to when a page is complete that asks several operations. */
class AsOfTest {

    private static final Instant EARLIER = Instant.parse("2026-11-30T11:59:00Z");
    private static final Instant LATER = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    private Path directory;

    /** Each page with the table of one of its answers. */
    @ParameterizedTest
    @CsvSource({
        "/overview,disposition",
        "/overview,alert",
        "/overview,clock",
        "/overview,event",
        "/subjects/" + PagesRows.LONG_LIFE + ",disposition",
        "/subjects/" + PagesRows.LONG_LIFE + ",orphan",
        "/subjects/" + PagesRows.LONG_LIFE + ",event",
        "/batches/" + PagesRows.BATCH + ",orphan",
        "/batches/" + PagesRows.BATCH + ",settlement"
    })
    void shouldBeThatOfTheAnswerThatIsFurthestBehind(String page, String behind) {
        AtomicReference<Instant> now = new AtomicReference<>(EARLIER);
        try (PagesRig rig = new PagesRig(directory, Access.local(), now::get)) {
            // Given
            PagesRows.write(rig);
            now.set(LATER);

            // When
            rig.catchUp(table -> !table.name().equals(behind));
            String before = rig.get(page).body();
            rig.catchUp();
            String after = rig.get(page).body();

            // Then
            assertThat(before).contains("As of <time datetime=\"" + EARLIER + "\"");
            assertThat(after).contains("As of <time datetime=\"" + LATER + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disposition", "clock", "event"})
    void shouldBeMissingWhileOneAnswerHasNone(String behind) {
        try (PagesRig rig = new PagesRig(directory, Access.local(), InstantSource.fixed(LATER))) {
            // When
            rig.catchUp(table -> !table.name().equals(behind));

            // Then
            assertThat(rig.get("/overview").body()).contains("The console is still catching up");
        }
    }
}
