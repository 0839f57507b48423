package io.foundling.console.delivery.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.http.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KafkaReceiverClientsTest {

    @Test
    void shouldReplaceAProcessThatIsKilledAfterFifteenSecondsUnlessTheOperatorSaysOtherwise() {
        assertThat(clients(Map.of()).sessionMs()).isEqualTo(15_000);
        assertThat(clients(Map.of()).memberSettings()).containsEntry("session.timeout.ms", 15_000);
        assertThat(clients(Map.of("session.timeout.ms", " 30000 ")).sessionMs()).isEqualTo(30_000);
    }

    @Test
    void shouldKeepWhatDeliveryDependsOnWhateverTheOperatorSets() {
        // Given
        KafkaReceiverClients clients = clients(Map.of(
                "group.id", "other",
                "group.instance.id", "other",
                "group.protocol", "consumer",
                "enable.auto.commit", "true",
                "allow.auto.create.topics", "true",
                "auto.offset.reset", "none",
                "transactional.id", "other",
                "acks", "1",
                "enable.idempotence", "false"));

        // Then: a process that is back takes its own place, and the former owner of the id is shut out
        assertThat(clients.memberSettings())
                .containsEntry("group.id", "ledger-notify-tickets")
                .containsEntry("group.instance.id", "pod-1")
                .containsEntry("group.protocol", "classic")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("allow.auto.create.topics", false)
                .containsEntry("auto.offset.reset", "latest")
                .containsEntry(
                        "partition.assignment.strategy",
                        List.of("org.apache.kafka.clients.consumer.CooperativeStickyAssignor"));
        assertThat(clients.producerSettings())
                .containsEntry("transactional.id", "ledger-notify-tickets")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true);
    }

    private static KafkaReceiverClients clients(Map<String, Object> kafka) {
        Receiver receiver =
                new Receiver("tickets", Transport.open(Duration.ofSeconds(1)), new Receiver.Alertmanager(List.of()));
        Presentation shown = new Presentation("ledger", Optional.empty());
        return new KafkaReceiverClients(
                new DeliverySettings("pod-1", shown, List.of(receiver), kafka, Map.of(), "alerts", "deliveries"),
                receiver);
    }
}
