package io.foundling.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import io.foundling.service.metrics.KafkaMetrics;
import io.foundling.service.metrics.LedgerMetrics;
import io.foundling.service.metrics.ServiceMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

/** Transactions on a real broker. */
class ObservedClientsIT {

    @Test
    void shouldCountWhatIsCommittedAndNothingElse() {
        try (LocalStack stack = LocalStack.startTemporary();
                ServiceMetrics service = new ServiceMetrics("test", KafkaMetrics.USED)) {
            // Given
            LedgerMetrics metrics = new LedgerMetrics(service.registry(), List.of(), InstantSource.system());
            ObservedClients clients = new ObservedClients(metrics.counts());
            Map<String, Object> config =
                    Map.of("bootstrap.servers", stack.bootstrapServers(), "transactional.id", "observed");
            Producer<byte[], byte[]> producer = clients.getProducer(config);
            producer.initTransactions();

            // When
            producer.beginTransaction();
            metrics.warningEmitted();
            producer.abortTransaction();
            producer.beginTransaction();
            metrics.recovered();
            producer.commitTransaction();
            metrics.withdrawn();
            producer.close();
            clients.getProducer(config).close();

            // Then
            assertThat(service.scrape())
                    .contains("foundling_warnings_total 0.0")
                    .contains("foundling_recoveries_total 1.0")
                    .contains("foundling_withdrawals_total 0.0");
        }
    }
}
