package io.foundling.topology.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The table of topics in README.md; {@code -Dgolden.update=true} writes it anew. */
class TopicTableTest {

    private static final Path README = Path.of("../README.md");
    private static final String BEGIN = "<!-- topics:begin -->\n";
    private static final String END = "<!-- topics:end -->";

    @Test
    void shouldShowTheDeclaredTopicsInTheReadme() throws IOException {
        // Given
        String readme = Files.readString(README);
        int from = readme.indexOf(BEGIN) + BEGIN.length();
        int to = readme.indexOf(END);
        assertThat(readme).contains(BEGIN, END);

        // When
        String table = table(TopicContracts.declared());

        // Then
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(README, readme.substring(0, from) + table + readme.substring(to));
        } else {
            assertThat(readme.substring(from, to))
                    .as("table of topics in README.md; -Dgolden.update=true writes it anew")
                    .isEqualTo(table);
        }
    }

    private static String table(TopicContracts contracts) {
        StringBuilder table = new StringBuilder("""
                | topic | key | value | partitions | cleanup | why |
                |---|---|---|---|---|---|
                """);
        for (TopicContract topic : contracts.all()) {
            String cleanup = topic.retention().map(TopicTableTest::afterDays).orElse(topic.cleanup());
            table.append("| `%s` | %s | %s | %d | %s | %s |%n"
                    .formatted(topic.name(), topic.key(), value(topic), topic.partitions(), cleanup, topic.why()));
        }
        return table.toString().replace("\r\n", "\n");
    }

    private static String value(TopicContract topic) {
        return topic.contract().isPresent() ? '`' + topic.value() + '`' : topic.value();
    }

    private static String afterDays(Duration retention) {
        return "delete after " + retention.toDays() + " days";
    }
}
