package io.foundling.service.it.upgrade;

import static org.awaitility.Awaitility.await;

import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs this build with {@link EarlierEvents} and records what it leaves, for the test of the version after it:
 * {@code RecordEarlierVersion FILE}. The README beside it says how.
 */
final class RecordEarlierVersion {

    private static final int PARTITIONS = 2;

    private RecordEarlierVersion() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("foundling-recorded-");
        try (LocalStack stack = LocalStack.startTemporary()) {
            LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
            run(stack, directory);
            RecordedCluster recorded = new ClusterRecorder(stack).record("foundling");
            recorded.writeTo(Path.of(arguments[0]));
            recorded.topics()
                    .forEach(topic -> System.out.printf(
                            "%s: %d records%n", topic.name(), topic.records().size()));
            recorded.offsets().forEach(System.out::println);
        }
    }

    private static void run(LocalStack stack, Path directory) throws IOException {
        Path config = Files.writeString(directory.resolve("foundling.yaml"), """
                allowedLag: 1s
                settleGrace: 1s
                lateArrivalGrace: 1s
                retention: {completed: 1s}
                """);
        try (ServiceProcess service = ServiceProcess.of(stack, directory, "earlier", config, Map.of());
                EventFeed feed = EventFeed.into(stack)) {
            service.start().awaitReady();
            EarlierEvents events =
                    new EarlierEvents(feed, Instant.ofEpochMilli(Instant.now().toEpochMilli()));
            events.beforeAnyWarning();
            awaitWarnings(stack);
            awaitSettlements(stack, 2);
            events.afterTheWarnings();
            awaitSettlements(stack, 1);
            awaitRemovals(stack);
            await("what is sent last").pollDelay(Duration.ofSeconds(5)).until(() -> true);
            service.terminate();
            events.afterTheStop();
        }
    }

    private static void awaitWarnings(LocalStack stack) {
        try (Output<OrphanWarning> orphans = new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class)) {
            for (String fate : List.of("warned", "recovered", "withdrawn")) {
                EarlierEvents.ids(fate).forEach(id -> orphans.awaitLast(Events.key(id), found -> true));
            }
        }
    }

    private static void awaitSettlements(LocalStack stack, int missing) {
        try (Output<Settlement> settlements = new Output<>(stack, TopicNames.SETTLEMENTS, Settlement.class)) {
            settlements.awaitLast(
                    EarlierEvents.SETTLED.settlementKey(1),
                    found -> found.getMissing().size() == missing);
            settlements.awaitLast(EarlierEvents.WHOLE.settlementKey(1), found -> true);
            settlements.awaitLast(EarlierEvents.REOPENED.settlementKey(1), found -> true);
        }
    }

    private static void awaitRemovals(LocalStack stack) {
        try (Output<Disposition> dispositions = new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class)) {
            for (String fate : List.of("stone", "recovered", "withdrawn")) {
                EarlierEvents.ids(fate)
                        .forEach(id -> dispositions.await(Events.key(id), RecordEarlierVersion::isRemoved));
            }
        }
    }

    private static boolean isRemoved(List<Optional<Disposition>> values) {
        return !values.isEmpty() && values.get(values.size() - 1).isEmpty();
    }
}
