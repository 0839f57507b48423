package io.foundling.console.delivery.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.console.delivery.Counts;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.http.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DeliveriesTest {

    @Test
    void shouldSayOfEachReceiverWhyItIsNotServed() {
        // Given: settings with which no client can be made
        List<Receiver> receivers = Stream.of("one", "two")
                .map(name ->
                        new Receiver(name, Transport.open(Duration.ofSeconds(1)), new Receiver.Alertmanager(List.of())))
                .toList();
        DeliverySettings settings = new DeliverySettings(
                "a",
                new Presentation("ledger", Optional.empty()),
                receivers,
                Map.of("bootstrap.servers", ""),
                Map.of(),
                "alerts",
                "deliveries");

        // When
        try (Deliveries deliveries = new Deliveries(settings, new Counts(), InstantSource.system())) {
            // Then
            assertThat(deliveries.problems()).hasSize(2);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> deliveries.problems().stream().allMatch(each -> each.contains("bootstrap")));
            assertThat(deliveries.problems()).anyMatch(each -> each.startsWith("receiver one: "));
            assertThat(deliveries.problems()).anyMatch(each -> each.startsWith("receiver two: "));
        }
    }
}
