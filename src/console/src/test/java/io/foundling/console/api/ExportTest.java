package io.foundling.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.console.model.query.Cursor;
import io.foundling.console.model.query.Found;
import io.foundling.console.model.query.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExportTest {

    private static final int PAGES = 5;
    private static final int ROWS = 3;

    /** One page is kept: the next is read once the caller has all of the one before. */
    @Test
    void shouldReadAPageOnlyOnceTheOneBeforeIsWritten() throws IOException {
        // Given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> writtenWhenRead = new ArrayList<>();
        Export<Integer> export = new Export<>("header\n", row -> row.record() + "\n", after -> {
            writtenWhenRead.add(out.toString(StandardCharsets.UTF_8));
            return page(Integer.parseInt(after.values().get(0)));
        });

        // When
        export.write(page(0), out);

        // Then
        assertThat(writtenWhenRead)
                .isEqualTo(IntStream.range(1, PAGES).mapToObj(ExportTest::upTo).toList());
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(upTo(PAGES));
    }

    @Test
    void shouldReadNoFurtherPageWhenTheCallerHasGoneAway() {
        // Given
        List<Cursor> read = new ArrayList<>();
        Export<Integer> export = new Export<>("", row -> row.record() + "\n", after -> {
            read.add(after);
            return page(1);
        });
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };

        // When, then
        assertThatThrownBy(() -> export.write(page(0), gone)).hasMessage("broken pipe");
        assertThat(read).isEmpty();
    }

    private static Page<Integer> page(int number) {
        List<Found<Integer>> rows = IntStream.range(number * ROWS, number * ROWS + ROWS)
                .mapToObj(row -> new Found<>("key", row))
                .toList();
        return new Page<>(
                rows,
                number + 1 < PAGES ? Optional.of(new Cursor(List.of(Integer.toString(number + 1)))) : Optional.empty());
    }

    private static String upTo(int pages) {
        StringBuilder text = new StringBuilder("header\n");
        IntStream.range(0, pages * ROWS).forEach(row -> text.append(row).append('\n'));
        return text.toString();
    }
}
