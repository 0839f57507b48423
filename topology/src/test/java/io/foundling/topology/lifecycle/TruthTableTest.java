package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.lifecycle.truth.TruthTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The tables of false and lost orphans in rule L6; {@code -Dgolden.update=true} writes them anew. A figure that changes
 * means that the rules place runs differently.
 */
final class TruthTableTest {

    private static final Path PAGE = Path.of("RULES.md");
    private static final String BEGIN = "<!-- truth:begin -->\n";
    private static final String END = "<!-- truth:end -->";

    @Test
    void shouldShowHowOftenTheRulesAreWrong() throws IOException {
        // Given
        String page = Files.readString(PAGE);
        assertThat(page).contains(BEGIN, END);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);

        // When
        String tables = TruthTable.of(RuledSubject::new);

        // Then
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.substring(0, from) + tables + page.substring(to));
        } else {
            assertThat(page.substring(from, to))
                    .as("tables of rule L6; -Dgolden.update=true writes them anew")
                    .isEqualTo(tables);
        }
    }
}
