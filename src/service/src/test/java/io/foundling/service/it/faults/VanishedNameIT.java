package io.foundling.service.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Promises;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker whose name does not resolve for a while, as that of a container that is stopped. The process is suspended until its
 * transaction has timed out, so its stream thread needs another producer.
 */
class VanishedNameIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String HOST = "127.0.0.1";
    private static final String NAME = "broker.test";
    private static final String RESOLVED = HOST + " localhost " + NAME + "\n";
    private static final String UNRESOLVED = HOST + " localhost\n";

    @TempDir
    private static Path directory;

    @Test
    void shouldReplaceItsThreadsOnceTheNameResolvesAgain() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
            Promises promises = stack.closeFirst(new Promises(stack));
            Path hosts = Files.writeString(directory.resolve("hosts"), RESOLVED);
            ServiceProcess service = service(stack, hosts).start().awaitReady();
            promises.make(500);
            promises.breakAt(Instant.now(), 10);
            promises.awaitSeen();

            // When
            Instant back;
            try (Promises.Load load = promises.underLoad()) {
                Files.writeString(hosts, UNRESOLVED);
                await("a thread fails").atMost(PATIENCE.multipliedBy(4)).until(() -> {
                    suspend(service, stack);
                    return hasFailed(service);
                });
                Files.writeString(hosts, RESOLVED);
                back = Instant.now();
                long before = events(service);
                await("another thread goes on").atMost(PATIENCE).until(() -> events(service) > before);
                service.awaitReady();
                assertThat(load.isAlive()).isTrue();
            }
            promises.keep();

            // Then
            promises.assertKept("the name of the broker did not resolve", back);
            assertThat(service.log()).doesNotContain("\tat ", "Exception in thread");
        }
    }

    /** A commit may be under way, which ends the transaction at once. */
    private static void suspend(ServiceProcess service, LocalStack stack) {
        service.suspend();
        await("its transaction ends by time").atMost(PATIENCE).until(() -> !isInTransaction(stack));
        service.resume();
    }

    private static boolean hasFailed(ServiceProcess service) {
        long before = events(service);
        await("it goes on").atMost(PATIENCE).until(() -> saysSo(service) || events(service) > before);
        return saysSo(service);
    }

    private static boolean saysSo(ServiceProcess service) {
        return service.log().contains("a stream thread failed while no broker answers");
    }

    private static long events(ServiceProcess service) {
        return service.metrics().sum("foundling_events_total");
    }

    private static boolean isInTransaction(LocalStack stack) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            return admin.listTransactions().all().get().stream()
                    .anyMatch(found -> found.state() == TransactionState.ONGOING);
        }
    }

    private static ServiceProcess service(LocalStack stack, Path hosts) throws IOException {
        Path config = Files.writeString(directory.resolve("foundling.yaml"), "allowedLag: 1s\n");
        String address = stack.bootstrapServers().replace(HOST, NAME);
        assertThat(address).startsWith(NAME);
        return stack.closeFirst(
                ServiceProcess.of(stack, directory, "one", config, Map.of("kafka.bootstrap.servers", address))
                        .with(
                                "-Djdk.net.hosts.file=" + hosts,
                                "-Dsun.net.inetaddr.ttl=0",
                                "-Dsun.net.inetaddr.negative.ttl=0"));
    }
}
