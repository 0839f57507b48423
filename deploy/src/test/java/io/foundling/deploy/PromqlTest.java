package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromqlTest {

    @Test
    void shouldFindMetricsAndLabels() {
        // When
        Promql found = Promql.of("""
                60 * sum by (pod, task) (rate(a_total{job="b",pod!~"c_d.*"}[5m]))
                  and on (namespace) max_over_time(count by (service) (e)[1d:5m]) > 0.5
                  or (f unless f offset 1h) / g_h < 2
                """);

        // Then
        assertThat(found.metrics())
                .isEqualTo(Map.of("a_total", Set.of("job", "pod"), "e", Set.of(), "f", Set.of(), "g_h", Set.of()));
        assertThat(found.labels()).containsExactlyInAnyOrder("pod", "task", "namespace", "service");
    }
}
