package io.foundling.topology.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Settlement;
import io.foundling.schemas.AvroDeserializer;
import io.foundling.schemas.AvroSerializer;
import io.foundling.schemas.registry.InMemoryRegistryClient;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.AccountCodec;
import io.foundling.topology.harness.Change;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.ThreadTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The alerts task alone, over accounts that the test sends, under a wall clock that the test moves. */
public final class AlertsHarness implements AutoCloseable {

    static final Instant START = Instant.parse("2026-09-01T20:00:00Z");
    static final String APPLICATION = "alerts-" + UUID.randomUUID();

    private LedgerSettings settings;
    private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
    private final AccountCodec codec = new AccountCodec();
    private final SeededStore store = new SeededStore();
    private final List<Change<Alert>> alerts = new ArrayList<>();
    private final List<Change<Settlement>> settlements = new ArrayList<>();
    private final Map<AlertType, Long> firing = new EnumMap<>(AlertType.class);
    private final Map<String, Long> setAside = new TreeMap<>();
    private final List<String> heard = new ArrayList<>();
    private Instant now;
    private TopologyTestDriver driver;

    AlertsHarness() {
        this(LedgerSettings.defaults(TopicNames.EVENTS, 6));
    }

    AlertsHarness(LedgerSettings settings) {
        this(settings, START);
    }

    public AlertsHarness(LedgerSettings settings, Instant start) {
        this.settings = settings;
        this.now = start;
        open();
    }

    /** Sends an account; the alerts task has not looked at it yet. */
    public void send(Account account) {
        driver.createInputTopic("accounts", new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(account.group().getBytes(UTF_8), codec.encode(account));
    }

    /** Lets one second pass, in which the alerts task looks once. */
    void look() {
        advance(Duration.ofSeconds(1));
    }

    /** Lets time pass; the alerts task looks once at its end. */
    public void advance(Duration duration) {
        now = now.plus(duration);
        driver.advanceWallClockTime(duration);
        read();
    }

    /** Ends the task and starts the next one under a clock that is behind that of the former. */
    void clockFallsBack(Duration duration) {
        now = now.minus(duration);
        restart();
    }

    /** Puts the policies of other settings in force; nothing is restarted. */
    void reload(LedgerSettings other) {
        settings = other;
    }

    /** Ends the task and starts the next one on what the store holds. */
    public void restart() {
        restartFrom(contents());
    }

    /** The same with other settings. */
    void restartWith(LedgerSettings other) {
        settings = other;
        restart();
    }

    /** The same on what the store held before: what came after was not committed. */
    void restartFrom(Map<Bytes, byte[]> contents) {
        store.seed(contents);
        driver.close();
        open();
    }

    Instant now() {
        return now;
    }

    /** Returns everything published to audit.alerts. */
    public List<Change<Alert>> alerts() {
        return alerts;
    }

    /** Returns everything published to audit.settlements. */
    public List<Change<Settlement>> settlements() {
        return settlements;
    }

    Alert lastAlert() {
        return alerts.get(alerts.size() - 1).value().orElseThrow();
    }

    Settlement lastSettlement() {
        return settlements.get(settlements.size() - 1).value().orElseThrow();
    }

    /** Returns the changes of audit.alerts in brief, such as {@code FIRING 3}; a tombstone is a dash. */
    List<String> alertStory() {
        return alerts.stream()
                .map(change -> change.value()
                        .map(alert -> alert.getStatus() + " " + alert.getCount())
                        .orElse("-"))
                .toList();
    }

    /** Returns how many alerts of a type fire, as last reported; none: no task is open, or it said nothing. */
    Optional<Long> firing(AlertType type) {
        return Optional.ofNullable(firing.get(type));
    }

    /** Returns what was reported to the listener, in order. */
    List<String> heard() {
        return heard;
    }

    /** Sends bytes in the place of an account. */
    void sendBytes(String group, byte[] account) {
        driver.createInputTopic("accounts", new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(group.getBytes(UTF_8), account);
    }

    /** Replaces a value behind the back of the task. */
    void overwrite(Bytes key, byte[] value) {
        KeyValueStore<Bytes, byte[]> held = driver.getKeyValueStore(Nodes.ALERTS_STORE);
        held.put(key, value);
    }

    /** Returns how many entries of each kind are set aside. */
    Map<String, Long> setAside() {
        return setAside;
    }

    Map<Bytes, byte[]> contents() {
        Map<Bytes, byte[]> contents = new TreeMap<>();
        KeyValueStore<Bytes, byte[]> held = driver.getKeyValueStore(Nodes.ALERTS_STORE);
        try (KeyValueIterator<Bytes, byte[]> all = held.all()) {
            all.forEachRemaining(each -> contents.put(each.key, each.value));
        }
        return contents;
    }

    @Override
    public void close() {
        driver.close();
    }

    private void open() {
        Topology topology = new Topology()
                .addSource("accounts", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "accounts")
                .addProcessor(
                        Nodes.ALERTS,
                        new AlertsProcessorSupplier(
                                settings,
                                () -> settings.policySet(),
                                listener(),
                                () -> new AvroSerializer<>(registry),
                                store,
                                new ThreadTime(() -> 0)),
                        "accounts");
        addSink(topology, Nodes.SETTLEMENTS, TopicNames.SETTLEMENTS);
        addSink(topology, Nodes.ALERTS_SENT, TopicNames.ALERTS);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(topology, properties, now);
    }

    private static void addSink(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), Nodes.ALERTS);
    }

    private LedgerListener listener() {
        return new LedgerListener() {
            @Override
            public void settlement(boolean corrected) {
                heard.add(corrected ? "settlement corrected" : "settlement");
            }

            @Override
            public void alert(AlertType type, AlertStatus status) {
                heard.add(type + " " + status);
            }

            @Override
            public void alertsFiring(String task, AlertType type, long count) {
                firing.put(type, count);
            }

            @Override
            public void setAside(String task, String kind, long count) {
                setAside.put(kind, count);
            }

            @Override
            public void taskClosed(String task) {
                firing.clear();
            }
        };
    }

    private void read() {
        alerts.addAll(read(TopicNames.ALERTS, new AvroDeserializer<>(registry, Alert.class)));
        settlements.addAll(read(TopicNames.SETTLEMENTS, new AvroDeserializer<>(registry, Settlement.class)));
    }

    private <V extends SpecificRecord> List<Change<V>> read(String name, Deserializer<V> deserializer) {
        return driver
                .createOutputTopic(name, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> new Change<>(
                        new String(record.key(), UTF_8),
                        Optional.ofNullable(deserializer.deserialize(name, record.value())),
                        headers(record),
                        record.getRecordTime()))
                .toList();
    }

    private static Map<String, String> headers(TestRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }
}
