package io.foundling.service.it.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Half an hour of honest and hostile producers, with retentions so short that days seem to go by, while instances of the
 * ledger, the console and {@code notify} are stopped, killed and frozen, a third ledger comes and goes, and the broker
 * starts again once. Nothing grows; in the end nothing is false, nothing is missing, the read model equals the topics, and
 * the webhook knows how each alert ended.
 * {@code -Dfoundling.soak.minutes=3} is for trying it.
 */
@Tag("full")
class SoakIT {

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** A page of metrics is large here. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final Duration MINUTES = Duration.ofMinutes(Integer.getInteger("foundling.soak.minutes", 30));

    private static final String SETTINGS = """
            allowedLag: 1s
            settleGrace: 10s
            lateAfter: 5s
            lateArrivalGrace: 10s
            retention: {completed: 5s, unsuccessful: 5s, memory: 60s}
            settlement: {memory: 60s, retention: 120s}
            alerts: {memory: 60s, quiet: 30s}
            rocksdb: {memory: 32MiB}
            """;

    /** An instance that comes gets tasks at once. Changelogs are compacted soon, as if days went by. */
    private static final Map<String, String> KAFKA = Map.of(
            "kafka.session.timeout.ms",
            Long.toString(SESSION.toMillis()),
            "kafka.acceptable.recovery.lag",
            "1000000000",
            "kafka.probing.rebalance.interval.ms",
            "60000",
            "kafka.topic.segment.bytes",
            "1048576",
            "kafka.topic.min.cleanable.dirty.ratio",
            "0.1");

    @TempDir
    private Path directory;

    private final SoakTable table = new SoakTable();
    private final List<String> failures = new ArrayList<>();
    private LocalStack stack;
    private ServiceProcess one;
    private ServiceProcess two;
    private ServiceProcess third;
    private SoakReadSide readSide;

    @Test
    void shouldStayTheSameAndRightForLong() throws Exception {
        try (LocalStack started = LocalStack.startTemporary(Map.of("log.cleaner.backoff.ms", "2000"))) {
            // Given
            stack = started;
            LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
            one = instance("one").start();
            two = instance("two").start();
            third = instance("third");
            readSide = new SoakReadSide(stack, directory);
            awaitCalm();
            readSide.start();
            SoakLoad load = stack.closeFirst(new SoakLoad(stack));
            Instant begin = Instant.now();
            load.start();
            table.head();

            // When
            boolean isBrokerRestarted = false;
            for (int round = 0; since(begin).compareTo(MINUTES) < 0; round++) {
                boolean isHalf = since(begin).compareTo(MINUTES.dividedBy(2)) > 0;
                String after = isHalf && !isBrokerRestarted ? restartBroker() : disturb(round);
                isBrokerRestarted |= isHalf;
                awaitCalm();
                readSide.awaitReady();
                pause(Duration.ofSeconds(8));
                table.add(
                        since(begin).toSeconds(),
                        ProcessFigures.of(one).plus(ProcessFigures.of(two)).plus(readSide.figures()),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        after);
                assertThat(load.isAlive()).as("the load goes on").isTrue();
            }
            load.end();
            System.out.printf("%,d rounds of load in %s%n", load.rounds(), since(begin));

            // Then
            assertRight(load.expected());
            assertThat(failures).isEmpty();
            one.terminate();
            two.terminate();
            readSide.assertRight();
            table.assertFlat();
        }
    }

    private String disturb(int round) {
        ServiceProcess other = round % 2 == 0 ? one : two;
        return switch (round % 5) {
            case 0 -> {
                other.terminate();
                restart(other);
                yield "SIGTERM";
            }
            case 1 -> {
                other.kill();
                restart(other);
                yield "SIGKILL";
            }
            case 2 -> {
                third.start();
                await("work for the third").atMost(PATIENCE).pollInterval(POLL).until(() -> third.clocks() > 0);
                third.terminate();
                yield "a third came and went";
            }
            case 3 -> {
                other.suspend();
                pause(SESSION.multipliedBy(2));
                other.resume();
                yield "SIGSTOP for " + SESSION.multipliedBy(2).toSeconds() + " s";
            }
            default -> "SIGKILL of " + readSide.disturb(round / 5);
        };
    }

    private String restartBroker() {
        stack.broker().stop();
        stack.broker().start();
        return "a restart of the broker";
    }

    /** What a start takes is counted in CPU time: the machine may be busy with other things. */
    private void restart(ServiceProcess service) {
        service.start();
        await("it is ready again").atMost(PATIENCE).until(() -> !service.isAlive() || service.isReady());
        ProcessHandle.of(service.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .ifPresent(taken -> table.started(taken.toMillis()));
    }

    /** Each ledger task has a clock, and both are ready. One that ended comes back, and counts as a failure. */
    private void awaitCalm() {
        await("both are ready, with all tasks")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> {
                    for (ServiceProcess each : List.of(one, two)) {
                        if (!each.isAlive()) {
                            failures.add("ended with " + each.exitCode() + ": " + lastLines(each.log()));
                            each.start();
                        }
                    }
                    return one.isReady() && two.isReady() && one.clocks() + two.clocks() == PARTITIONS;
                });
    }

    private static String lastLines(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }

    private ServiceProcess instance(String name) throws IOException {
        Path config = Files.writeString(directory.resolve("foundling.yaml"), SETTINGS);
        return stack.closeFirst(ServiceProcess.of(stack, directory, name, config, KAFKA));
    }

    private void assertRight(SoakExpected expected) {
        try (Output<OrphanWarning> orphans = new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class);
                Output<Settlement> settlements = new Output<>(stack, TopicNames.SETTLEMENTS, Settlement.class);
                Output<OrphanWarning> deadLetters = new Output<>(stack, TopicNames.DEAD_LETTERS, OrphanWarning.class)) {
            Map<String, List<String>> changes = new TreeMap<>();
            expected.orphans().forEach(key -> changes.put(key, List.of("ORPHANED")));
            expected.recovered().forEach(key -> changes.put(key, List.of("ORPHANED", "RECOVERY")));
            await("warnings of " + changes.size())
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(differences(changes(orphans), changes)).isEmpty());
            await("settlements of " + expected.missing().size())
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(differences(missing(settlements), expected.missing()))
                            .isEmpty());
            await("dead letters")
                    .atMost(PATIENCE)
                    .until(() -> deadLetters.records().size()
                            >= expected.deadLetters().get());
            assertThat(deadLetters.records())
                    .hasSize((int) expected.deadLetters().get());
            System.out.printf(
                    "right: %,d orphans, %,d recovered, %,d settlements, %,d dead letters; nothing else%n",
                    expected.orphans().size(),
                    expected.recovered().size(),
                    expected.missing().size(),
                    expected.deadLetters().get());
        }
    }

    private static Map<String, List<String>> changes(Output<OrphanWarning> orphans) {
        Map<String, List<String>> found = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> each : orphans.records()) {
            found.computeIfAbsent(key(each), absent -> new ArrayList<>()).add(Output.header(each, "foundling.change"));
        }
        return found;
    }

    /** Returns of each settlement how many members are missing at last; one that was removed counts as it was. */
    private static Map<String, Integer> missing(Output<Settlement> settlements) {
        Map<String, Integer> found = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> each : settlements.records()) {
            settlements.value(each).ifPresent(settlement -> {
                long returned = settlement.getReturned().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                int missing = settlement.getMissing().size();
                found.put(key(each), returned + missing == settlement.getDeferred() ? missing : -1);
            });
        }
        return found;
    }

    private static String key(ConsumerRecord<byte[], byte[]> found) {
        return new String(found.key(), StandardCharsets.UTF_8);
    }

    private static <T> List<String> differences(Map<String, T> found, Map<String, T> expected) {
        Set<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        return keys.stream()
                .filter(key -> !expected.containsKey(key) || !expected.get(key).equals(found.get(key)))
                .map(key -> key + ": found " + found.get(key) + ", expected " + expected.get(key))
                .limit(20)
                .collect(Collectors.toList());
    }

    private static Duration since(Instant begin) {
        return Duration.between(begin, Instant.now());
    }

    /** Time that passes is what is tested. */
    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
