package io.foundling.topology.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.SubjectKey;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountCodec;
import io.foundling.topology.alert.AlertsHarness;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The ledger over several partitions, one driver each, and one alerts task: closures, notes, expectations and accounts
 * are handed over as a broker would. The wall clock begins at {@link LedgerHarness#START}; every partition has its own
 * audit clock.
 */
public final class PartitionedHarness implements AutoCloseable {

    private final LedgerSettings settings;
    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>(registry);
    private final AvroDeserializer<AuditEvent> events = new AvroDeserializer<>(registry, AuditEvent.class);
    private final AccountCodec accounts = new AccountCodec();
    private final List<PartitionDriver> partitions = new ArrayList<>();
    private final AlertsHarness alerts;
    private final Set<Integer> withoutClosures = new HashSet<>();
    private final Map<Integer, List<Record<byte[], byte[]>>> waiting = new TreeMap<>();
    private final Set<Integer> lagging = new HashSet<>();
    private final List<Change<AuditEvent>> expectations = new ArrayList<>();
    private Instant now = LedgerHarness.START;

    private PartitionedHarness(LedgerSettings settings) {
        this.settings = settings;
        for (int partition = 0; partition < settings.topics().partitions(); partition++) {
            partitions.add(new PartitionDriver(settings, partition, registry, now));
        }
        alerts = new AlertsHarness(settings, now);
    }

    public static PartitionedHarness of(LedgerSettings settings) {
        return new PartitionedHarness(settings);
    }

    /** Returns the partition of a subject. */
    public int partitionOf(String subjectKey) {
        return Utils.toPositive(Utils.murmur2(subjectKey.getBytes(UTF_8))) % partitions.size();
    }

    public void send(Events event) {
        send(event, now);
    }

    /** Appends an event with an append time of the past. */
    public void send(Events event, Instant appendedAt) {
        AuditEvent built = event.build();
        String key = SubjectKey.of(built.getSubject());
        String topic = settings.topics().sources().get(0);
        partitions
                .get(partitionOf(key))
                .pipe(topic, new TestRecord<>(key.getBytes(UTF_8), serializer.serialize(topic, built), appendedAt));
        handOver();
    }

    /**
     * Lets live time pass: the wall clock reaches a time, the audit clocks that do not lag are allowedLag before it.
     */
    public void bothReach(Instant time) {
        for (int partition = 0; partition < partitions.size(); partition++) {
            if (!lagging.contains(partition)) {
                partitions.get(partition).clock().set(time.minus(settings.time().allowedLag()));
            }
        }
        advance(Duration.between(now, time));
    }

    /** Lets live time pass in steps until everything that is due by then has been done. */
    public void settleBy(Instant time) {
        bothReach(time);
        for (int step = 0; step < 6; step++) {
            bothReach(now.plusSeconds(2));
        }
    }

    /** Lets every task sweep once; the clocks stay. */
    public void sweep() {
        advance(settings.sweep().interval());
    }

    private void advance(Duration duration) {
        now = now.plus(duration);
        partitions.forEach(partition -> partition.advance(duration));
        handOver();
        alerts.advance(duration);
    }

    /** From here on the audit clock of a partition is paused. */
    public void lag(int partition) {
        lagging.add(partition);
    }

    /** From here on it goes with the others again. */
    public void catchUp(int partition) {
        lagging.remove(partition);
    }

    /** From here on a partition reads no closures. */
    public void holdClosures(int partition) {
        withoutClosures.add(partition);
    }

    /** A partition reads the closures that it did not read. */
    public void releaseClosures(int partition) {
        withoutClosures.remove(partition);
        waiting.getOrDefault(partition, List.of()).forEach(record -> pipeClosure(partition, record));
        waiting.remove(partition);
        handOver();
    }

    public void restart(int partition) {
        partitions.get(partition).restart(now);
    }

    public void restartAll() {
        for (int partition = 0; partition < partitions.size(); partition++) {
            restart(partition);
        }
        alerts.restart();
    }

    private void handOver() {
        boolean any = true;
        while (any) {
            any = false;
            for (PartitionDriver partition : partitions) {
                for (PlacedLedger.Letter letter : partition.takeLetters()) {
                    any = true;
                    handOver(letter);
                }
            }
        }
    }

    private void handOver(PlacedLedger.Letter letter) {
        Record<byte[], byte[]> record = letter.record();
        switch (letter.node()) {
            case Nodes.ACCOUNTS_SENT -> alerts.send(accounts.decode(record.value()));
            case Nodes.EXPECTATIONS -> expectation(record);
            case Nodes.PARENT_NOTES -> closure(partitionOf(new String(record.key(), UTF_8)), record);
            default -> {
                for (int partition = 0; partition < partitions.size(); partition++) {
                    closure(partition, record);
                }
            }
        }
    }

    private void expectation(Record<byte[], byte[]> record) {
        TestRecord<byte[], byte[]> sent = new TestRecord<>(record.key(), record.value(), record.headers(), now);
        expectations.add(new Change<>(
                new String(record.key(), UTF_8),
                Optional.ofNullable(events.deserialize(TopicNames.EXPECTATIONS, record.value())),
                OutputTopic.headers(sent),
                now));
        partitions.get(partitionOf(new String(record.key(), UTF_8))).pipe(TopicNames.EXPECTATIONS, sent);
    }

    private void closure(int partition, Record<byte[], byte[]> record) {
        if (withoutClosures.contains(partition)) {
            waiting.computeIfAbsent(partition, none -> new ArrayList<>()).add(record);
        } else {
            pipeClosure(partition, record);
        }
    }

    private void pipeClosure(int partition, Record<byte[], byte[]> record) {
        partitions
                .get(partition)
                .pipe(TopicNames.CLOSURES, new TestRecord<>(record.key(), record.value(), record.headers(), now));
    }

    public Instant now() {
        return now;
    }

    /** Returns audit.orphans after compaction: the orphans of now. */
    public Map<String, OrphanWarning> orphans() {
        Map<String, OrphanWarning> all = new TreeMap<>();
        partitions.forEach(partition -> all.putAll(partition.orphans().materialised()));
        return all;
    }

    /** Returns the changes of one key on audit.orphans, such as {@code ORPHANED}. */
    public List<String> orphanStory(String key) {
        return partitions.get(partitionOf(key)).orphans().changes().stream()
                .filter(change -> change.key().equals(key))
                .map(change -> change.header("foundling.change"))
                .toList();
    }

    /** Returns everything published to audit.orphans, partition by partition. */
    public List<Change<OrphanWarning>> orphanChanges() {
        List<Change<OrphanWarning>> all = new ArrayList<>();
        partitions.forEach(partition -> all.addAll(partition.orphans().changes()));
        return all;
    }

    /** Returns audit.dispositions after compaction. */
    public Map<String, Disposition> dispositions() {
        Map<String, Disposition> all = new TreeMap<>();
        partitions.forEach(partition -> all.putAll(partition.dispositions().materialised()));
        return all;
    }

    /** Returns everything sent to audit.expectations. */
    public List<Change<AuditEvent>> expectations() {
        return expectations;
    }

    /** Returns everything published to audit.settlements under a key. */
    public List<Settlement> settlements(String key) {
        return alerts.settlements().stream()
                .filter(change -> change.key().equals(key))
                .flatMap(change -> change.value().stream())
                .toList();
    }

    /** Returns audit.settlements after compaction. */
    public Map<String, Settlement> settlements() {
        return OutputTopic.materialised(alerts.settlements());
    }

    /** Returns audit.alerts after compaction. */
    public Map<String, Alert> alerts() {
        return OutputTopic.materialised(alerts.alerts());
    }

    public int warningsEmitted() {
        return partitions.stream()
                .mapToInt(partition -> partition.listener().warningsEmitted())
                .sum();
    }

    public int withdrawals() {
        return partitions.stream()
                .mapToInt(partition -> partition.listener().withdrawals())
                .sum();
    }

    /** Returns how many orphans of a {@code source/stage} all tasks count. */
    public long orphansTallied(String stage) {
        return partitions.stream()
                .mapToLong(partition -> partition.listener().orphans().getOrDefault(stage, 0L))
                .sum();
    }

    /** Returns how often all tasks have read or written their stores. */
    public int storeAccesses() {
        return partitions.stream()
                .mapToInt(partition -> partition.store().accesses())
                .sum();
    }

    /** Returns how many entries of one kind, by the first byte of their keys, all stores hold. */
    public int stored(int kind) {
        return (int) partitions.stream()
                .flatMap(partition -> partition.store().contents().keySet().stream())
                .filter(key -> key.get()[0] == kind)
                .count();
    }

    @Override
    public void close() {
        try {
            partitions.forEach(PartitionedHarness::checkAccounts);
        } finally {
            alerts.close();
            partitions.forEach(PartitionDriver::close);
        }
    }

    /**
     * Every account counts exactly the subjects that are stored as counted in it. Only members of cancelled attempts are
     * forgotten while they are missing.
     */
    private static void checkAccounts(PartitionDriver partition) {
        AccountCodec codec = new AccountCodec();
        Map<String, Long> stored = new TreeMap<>();
        Map<String, Long> counted = new TreeMap<>();
        Set<String> forgotten = new HashSet<>();
        partition.store().contents().forEach((key, value) -> {
            String text = new String(key.get(), 1, key.get().length - 1, UTF_8);
            if (key.get()[0] == 0x44) {
                long times = value.length < Integer.BYTES
                        ? 1
                        : ByteBuffer.wrap(value).getInt();
                stored.merge(text.substring(0, text.indexOf('\0')), times, Long::sum);
            } else if (key.get()[0] == 0x43) {
                Account account = codec.decode(Arrays.copyOfRange(value, 1, value.length));
                boolean cancelled = account.settlement()
                        .filter(settlement -> settlement.outcome() == Status.CANCELLED)
                        .isPresent();
                if (account.count() != 0 && !cancelled) {
                    counted.put(text, account.count());
                } else if (cancelled) {
                    forgotten.add(text);
                }
            }
        });
        stored.keySet().removeAll(forgotten);
        // A stale scope is stored with what was found about it.
        stored.keySet().removeIf(group -> group.startsWith("violations") || group.startsWith("stale_scope"));
        counted.keySet()
                .removeIf(group ->
                        group.startsWith("violations") || group.startsWith("stale_scope") || group.startsWith("gap"));
        assertThat(counted).as("accounts, and the subjects counted in them").isEqualTo(stored);
    }
}
