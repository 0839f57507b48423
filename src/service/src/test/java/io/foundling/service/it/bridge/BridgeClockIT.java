package io.foundling.service.it.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Outbox;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the transaction that a killed bridge leaves open does to the audit clock of the ledger. Proves rule T8. */
class BridgeClockIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How often the broker looks for transactions whose time is over. */
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

    private static final Duration ALLOWED_LAG = Duration.ofSeconds(1);

    /** What a busy machine may need besides. */
    private static final Duration BUSY = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private LocalStack stack;
    private Outbox outbox;
    private EventFeed feed;
    private LiveLedger ledger;
    private Output<OrphanWarning> orphans;

    @BeforeEach
    void start() {
        stack = LocalStack.startTemporary(Map.of(
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", Long.toString(LOOKS_EVERY.toMillis())));
        LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
        outbox = stack.closeFirst(new Outbox(stack, 1));
        feed = stack.closeFirst(EventFeed.into(stack));
        orphans = stack.closeFirst(new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class));
        ledger = stack.closeFirst(
                LiveLedger.start(stack, directory.resolve("ledger"), "allowedLag: " + ALLOWED_LAG.toSeconds() + "s"));
        ledger.awaitReady();
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void shouldWarnLateByTheTimeoutOfTheTransactionAtMost() throws Exception {
        // Given
        Duration timeout = Duration.ofSeconds(5);
        leaveTransactionOpen(bridge(timeout, timeout.minusMillis(500)).start().awaitReady());
        Instant killed = Instant.now();

        // When
        Instant due = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(1);
        feed.send(TopicNames.EVENTS, Events.deferred("lost", due.minusSeconds(1), due));
        orphans.awaitLast(Events.key("lost"), found -> true);

        // Then
        Duration late = Duration.between(due, Instant.now());
        System.out.printf("killed bridge: the warning came %d ms after its deadline%n", late.toMillis());
        assertThat(Duration.between(killed, Instant.now()))
                .isLessThan(timeout.plus(LOOKS_EVERY).plus(ALLOWED_LAG).plus(BUSY));
    }

    /**
     * The transaction would be open for five minutes if the bridge did not end it. Between its end and the next commit the
     * completion is not there, as if its reporter were late: a warning may come, and is withdrawn.
     */
    @Test
    void shouldWarnOfNothingMeanwhileAndEndTheTransactionAtItsNextStart() throws Exception {
        // Given
        Duration timeout = Duration.ofMinutes(5);
        ServiceProcess slow = bridge(timeout, timeout.minusSeconds(1)).start().awaitReady();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant due = now.plus(BUSY.multipliedBy(2));
        feed.send(
                TopicNames.EVENTS,
                AuditEvent.newBuilder(Events.deferred("kept", now, due))
                        .setSubject(new Subject(SubjectKind.RECORD, "shop", "order", "kept"))
                        .build());
        try (Output<Disposition> dispositions = new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class)) {
            dispositions.awaitLast(Outbox.subject("kept"), found -> found.getStatus() == Status.DEFERRED);
            outbox.paid("kept", now.plusMillis(1));
            leaveTransactionOpen(slow);

            // When
            await("the deadline").atMost(PATIENCE).until(() -> Instant.now().isAfter(due.plus(ALLOWED_LAG)));
            await("the clock is paused")
                    .during(Duration.ofSeconds(3))
                    .atMost(PATIENCE)
                    .until(() -> orphans.of(Outbox.subject("kept")).isEmpty());
            bridge(timeout, Duration.ofMillis(100)).start();

            // Then
            dispositions.awaitLast(Outbox.subject("kept"), found -> found.getStatus() == Status.COMPLETED);
            ledger.awaitReady();
            orphans.await(
                    Outbox.subject("kept"),
                    found -> found.isEmpty() || found.get(found.size() - 1).isEmpty());
        }
    }

    /** Always the same instance. One that commits rarely is sure to leave a transaction open when it is killed. */
    private ServiceProcess bridge(Duration timeout, Duration commits) throws IOException {
        Path config = Files.writeString(directory.resolve("foundling.yaml"), Outbox.bridge(directory));
        return stack.closeFirst(ServiceProcess.of(
                        stack,
                        directory.resolve("commits-" + commits.toMillis()),
                        "one",
                        config,
                        Map.of(
                                "kafka.linger.ms", "0",
                                "kafka.commit.interval.ms", Long.toString(commits.toMillis()),
                                "kafka.producer.transaction.timeout.ms", Long.toString(timeout.toMillis())))
                .running("bridge"));
    }

    private void leaveTransactionOpen(ServiceProcess bridge) {
        TopicReader reader = new TopicReader(stack.bootstrapServers());
        Instant now = Instant.now();
        await("an open transaction")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    outbox.placed("hidden", now, now.plusSeconds(86_400));
                    outbox.flush();
                    return reader.written(TopicNames.EVENTS).size()
                            > reader.committed(TopicNames.EVENTS).size();
                });
        bridge.kill();
    }
}
