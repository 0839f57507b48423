package io.foundling.topology.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The table of topics in TOPICS.md; {@code -Dgolden.update=true} writes it anew. */
class TopicTableTest {

    private static final Path PAGE = Path.of("TOPICS.md");
    private static final String BEGIN = "<!-- topics:begin -->\n";
    private static final String END = "<!-- topics:end -->";

    @Test
    void shouldShowTheDeclaredTopics() throws IOException {
        // Given
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        assertThat(page).contains(BEGIN, END);

        // When
        String table = table(TopicContracts.declared());

        // Then
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
        } else {
            assertThat(page.substring(from, to))
                    .as("table of topics in TOPICS.md; -Dgolden.update=true writes it anew")
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
