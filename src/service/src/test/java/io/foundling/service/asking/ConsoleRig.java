package io.foundling.service.asking;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.entry;

import io.foundling.audit.Producer;
import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.console.access.Access;
import io.foundling.console.acts.ActListener;
import io.foundling.console.acts.ActSettings;
import io.foundling.console.acts.Acts;
import io.foundling.console.api.Api;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import io.foundling.console.web.WebLimits;
import io.foundling.console.web.WebServer;
import io.foundling.console.web.WebSettings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.PolicySet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** A real console on any free port: the API over a file of SQLite, whose rows tests write. */
public final class ConsoleRig implements AutoCloseable {

    /** Up to then its topics were read. */
    public static final Instant NOW = NOON.plus(Duration.ofHours(3));

    private static final List<ModelTopic<?>> TOPICS =
            Tables.all().stream().<ModelTopic<?>>map(ConsoleRig::topic).toList();

    private static final ActSettings ACTS = new ActSettings(
            List.of("audit.events"), 1_000, new Producer("foundling-console", "test", "1", 0L), Duration.ofSeconds(30));

    /** The university has the owner registry, billing the owner finance. */
    private static final PolicySet OWNERS =
            new PolicySet(List.of(), List.of(), List.of(owned("university", "registry"), owned("billing", "finance")));

    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();
    private final Acts acts;
    private final Database database;
    private final Map<String, Position> positions = new HashMap<>();
    private final WebServer server;

    public ConsoleRig(Path directory, Access access) {
        database = TestDatabase.SQLITE.create(directory);
        Queries queries = new Queries(database);
        acts = new Acts(ACTS, queries, topic -> recorder, InstantSource.fixed(NOW), ActListener.NONE);
        Api api = new Api(
                queries,
                TOPICS,
                () -> LedgerSettings.defaults("audit.events", 1).under(OWNERS),
                Set.of("tenant"),
                Optional.of(acts));
        server = new WebServer(
                new WebSettings("127.0.0.1", 0, WebSettings.LOOPBACK, Optional.empty(), WebLimits.DEFAULTS),
                access,
                api.operations(),
                (operation, status) -> {},
                InstantSource.fixed(NOW));
        for (ModelTopic<?> topic : TOPICS) {
            Position first = new Position(new TopicPartition(topic.name(), 0), "id", 1, 0, 0, true, 0, 0);
            TestDatabase.begin(database, first);
            positions.put(topic.table().name(), first);
        }
    }

    private static PolicyAlert owned(String source, String owner) {
        return new PolicyAlert(
                "of-" + source,
                Optional.empty(),
                Optional.of(source),
                Optional.empty(),
                Optional.empty(),
                Map.of(PolicyAlert.OWNER, owner),
                Map.of());
    }

    private static <T> ModelTopic<T> topic(Table<T> table) {
        return new ModelTopic<>("audit." + table.name(), table, avro -> record -> null);
    }

    /** Returns where acts are recorded. */
    public InMemoryAuditRecorder recorder() {
        return recorder;
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Appends a record to the topic of a table, a second after the one before. */
    public <T> void write(Table<T> table, String key, T value) {
        write(table, List.of(Map.entry(key, value)));
    }

    public <T> void write(Table<T> table, List<Map.Entry<String, T>> values) {
        Position from = positions.get(table.name());
        List<Entry<T>> entries = new ArrayList<>();
        long offset = from.nextOffset();
        for (Map.Entry<String, T> value : values) {
            long writtenMs = NOON.plusSeconds(offset).toEpochMilli();
            entries.add(entry(from, offset++, writtenMs, value.getKey(), value.getValue()));
        }
        Position to = new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(table, from, offset, entries, 0, NOW.toEpochMilli()))
                .orElseThrow();
        positions.put(table.name(), to);
    }

    @Override
    public void close() {
        server.close();
        acts.close();
        database.close();
    }
}
