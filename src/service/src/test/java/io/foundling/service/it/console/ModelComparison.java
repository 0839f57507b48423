package io.foundling.service.it.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import java.time.Duration;
import java.util.Map;

/** Compares the tables of consoles with the topics, as naive readers compute them. */
final class ModelComparison {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final LocalStack stack;

    ModelComparison(LocalStack stack) {
        this.stack = stack;
    }

    /**
     * Waits until they are equal. All tables are but {@code sample}, which holds what there was at certain times: no topic says
     * that afterwards. The tallies of events count what was read, so they are equal only if nothing was read twice.
     */
    void assertEqual(ModelDatabase database) {
        NaiveReader naive = new NaiveReader(stack);
        for (ExpectedTable<?> table : ExpectedTable.ALL) {
            Map<String, Row> expected = naive.rows(table);
            assertThat(expected).as(table.table()).isNotEmpty();
            await(table.table())
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(database.rows(table)).isEqualTo(expected));
        }
        assertThat(database.deadLetters()).isNotEmpty().isEqualTo(naive.deadLetters());
        Map<String, Long> tallies = NaiveTally.of(naive);
        await("tally")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.tallies()).isEqualTo(tallies));
        Map<String, Long> erasures = naive.erasures();
        assertThat(erasures).isNotEmpty();
        await("erasure")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.erasures()).isEqualTo(erasures));
        Map<String, String> positions = naive.positions();
        await("position")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.positions()).isEqualTo(positions));
        assertThat(database.number("SELECT sum(passed_over) FROM position")).isPositive();
        assertThat(database.number("SELECT count(*) FROM record_schema")).isEqualTo(ExpectedTable.ALL.size());
    }
}
