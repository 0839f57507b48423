package io.foundling.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerIT {

    @TempDir
    private Path directory;

    @Test
    void shouldShowOnlyCommittedRecordsWhenATransactionWasAborted() {
        try (LocalBroker broker = LocalBroker.startIn(directory)) {
            // Given
            TopicTraffic traffic = new TopicTraffic(broker.bootstrapServers());
            traffic.create("events");

            // When
            traffic.abort("events", "aborted");
            traffic.commit("events", "committed");

            // Then
            assertThat(traffic.readCommitted("events", 1)).containsExactly("committed");
        }
    }

    @Test
    void shouldKeepRecordsAndAddressWhenRestarted() {
        try (LocalBroker broker = LocalBroker.startIn(directory)) {
            // Given
            TopicTraffic traffic = new TopicTraffic(broker.bootstrapServers());
            traffic.create("events");
            traffic.commit("events", "before");

            // When
            broker.stop();
            boolean ranWhileStopped = broker.isRunning();
            broker.start();

            // Then
            traffic.commit("events", "after");
            assertThat(ranWhileStopped).isFalse();
            assertThat(traffic.readCommitted("events", 2)).containsExactly("before", "after");
        }
    }

    @Test
    void shouldKeepRecordsAndAddressWhenAnotherBrokerTakesOverTheDirectory() {
        // Given
        String address;
        try (LocalBroker first = LocalBroker.startIn(directory)) {
            address = first.bootstrapServers();
            TopicTraffic traffic = new TopicTraffic(first.bootstrapServers());
            traffic.create("events");
            traffic.commit("events", "kept");
        }

        // When
        try (LocalBroker second = LocalBroker.startIn(directory)) {

            // Then
            List<String> values = new TopicTraffic(second.bootstrapServers()).readCommitted("events", 1);
            assertThat(values).containsExactly("kept");
            assertThat(second.bootstrapServers()).isEqualTo(address);
        }
    }

    @Test
    void shouldSayThatThePortIsTakenWhenRestarted() throws Exception {
        try (LocalBroker broker = LocalBroker.startIn(directory)) {
            // Given
            broker.stop();
            int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);

            try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                // When, Then
                assertThatThrownBy(broker::start)
                        .isInstanceOf(LocalStartException.class)
                        .hasMessage("Port " + other.getLocalPort() + " of 127.0.0.1 is taken by another program.");
            }
        }
    }

    @Test
    void shouldNameThePropertyWhenItIsWrong() {
        // When, Then
        assertThatThrownBy(() -> LocalBroker.startIn(directory, Map.of("log.retention.ms", "soon")))
                .isInstanceOf(LocalStartException.class)
                .hasMessageContaining("log.retention.ms");
    }
}
