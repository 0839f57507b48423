package io.foundling.topology.alert;

import static io.foundling.topology.alert.Accounts.ORPHANED;
import static io.foundling.topology.alert.Accounts.ids;
import static io.foundling.topology.alert.Accounts.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.topology.harness.Change;
import io.foundling.topology.names.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The headers and the timestamp of alerts. Proves rules A11 and B5. */
final class CloudEventHeadersTest {

    private static final Duration WEEK = Duration.ofDays(7);

    private final AlertsHarness harness = new AlertsHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void shouldCarryTheHeadersOfACloudEvent() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));

        // When
        harness.look();

        // Then
        Change<Alert> change = harness.alerts().get(0);
        assertThat(change.headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_source", "/foundling/" + AlertsHarness.APPLICATION)
                .containsEntry("ce_type", "io.foundling.audit.alert.firing")
                .containsEntry("ce_time", "2026-09-01T20:00:01Z")
                .containsEntry("ce_subject", "orphaned/university/declaration")
                .containsEntry("content-type", "application/avro")
                .containsEntry(Headers.APPLICATION, AlertsHarness.APPLICATION)
                .containsKey("ce_id")
                .hasSize(8);
        assertThat(change.stampedAt()).isEqualTo(harness.now());
    }

    @Test
    void shouldGiveEveryChangeItsOwnIdEvenAfterTheGroupWasForgotten() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.look();
        harness.send(of(ORPHANED, 0, 0));
        harness.look();
        harness.advance(WEEK);
        harness.send(of(ORPHANED, 0, 1, "r1"));

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "RESOLVED 0", "-", "FIRING 1");
        assertThat(harness.alerts().stream().map(change -> change.header("ce_id")))
                .doesNotHaveDuplicates();
        assertThat(harness.alerts().stream().map(change -> change.header("ce_type")))
                .containsExactly(
                        "io.foundling.audit.alert.firing",
                        "io.foundling.audit.alert.resolved",
                        "",
                        "io.foundling.audit.alert.firing");
        assertThat(harness.alerts().get(2).headers()).containsOnlyKeys(Headers.APPLICATION);
    }

    @Test
    void shouldGiveTheSameIdWhenAChangeIsPublishedAgain() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.look();
        Map<Bytes, byte[]> committed = harness.contents();
        harness.send(of(ORPHANED, 0, 2, "r1"));
        harness.look();
        harness.restartFrom(committed);
        harness.send(of(ORPHANED, 0, 2, "r1"));

        // When
        harness.look();

        // Then
        List<String> ids =
                harness.alerts().stream().map(change -> change.header("ce_id")).toList();
        assertThat(ids).hasSize(3).doesNotContainNull();
        assertThat(ids.get(2)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(0));
    }
}
