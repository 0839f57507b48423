package io.foundling.console.api;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.entry;

import io.foundling.audit.Producer;
import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.console.access.Access;
import io.foundling.console.access.Role;
import io.foundling.console.acts.ActSettings;
import io.foundling.console.acts.Acts;
import io.foundling.console.delivery.silence.Silences;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import io.foundling.console.policies.TestSite;
import io.foundling.console.policies.TrialLimits;
import io.foundling.console.policies.Trials;
import io.foundling.console.web.Operation;
import io.foundling.console.web.WebHarness;
import io.foundling.console.web.WebLimits;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.PolicySet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** A read model with rows, its API, and a client of that. */
final class ApiRig implements AutoCloseable {

    /** The source billing has an owner. */
    static final LedgerSettings LEDGER = LedgerSettings.defaults("audit.events", 1)
            .under(new PolicySet(
                    List.of(),
                    List.of(),
                    List.of(new PolicyAlert(
                            "invoices",
                            Optional.empty(),
                            Optional.of("billing"),
                            Optional.empty(),
                            Optional.empty(),
                            Map.of("owner", "finance", "room", "17"),
                            Map.of()))));

    static final List<ModelTopic<?>> TOPICS =
            Tables.all().stream().<ModelTopic<?>>map(ApiRig::topic).toList();

    static final int MOST = 30;

    private static final ActSettings ACTS = new ActSettings(
            List.of("audit.events"), MOST, new Producer("foundling-console", "test", "1", 0L), Duration.ofSeconds(30));

    private final Database database;
    private final Map<String, Position> positions = new HashMap<>();
    private final Api api;
    private final WebHarness web;
    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();
    private final Optional<Acts> acts;
    private final TestSite site = new TestSite(NOON.minus(Duration.ofHours(12)));
    private final Trials trials =
            new Trials(site, new TrialLimits(Duration.ofMinutes(10), 100_000), () -> WebHarness.NOW);

    ApiRig(TestDatabase kind, Path directory, Access access) {
        this(kind.create(directory), access);
    }

    private ApiRig(Database database, Access access) {
        this.database = database;
        Queries queries = new Queries(database);
        acts = Optional.of(new Acts(ACTS, queries, topic -> recorder, () -> WebHarness.NOW, (act, outcome) -> {}));
        api = api(queries, acts, Optional.of(trials));
        web = new WebHarness(api.operations(), access, WebLimits.DEFAULTS);
        for (ModelTopic<?> topic : TOPICS) {
            Position first = new Position(new TopicPartition(topic.name(), 0), "id", 1, 0, 0, true, 0, 0);
            database.write(handle -> {
                Positions.begin(handle, first, true);
                return null;
            });
            positions.put(topic.table().name(), first);
        }
    }

    /** One whose database is not there. */
    static ApiRig away(Database nothing) {
        return new ApiRig(nothing);
    }

    private ApiRig(Database nothing) {
        database = nothing;
        acts = Optional.empty();
        api = api(nothing);
        web = new WebHarness(api.operations());
    }

    static Api api(Database database) {
        return api(new Queries(database), Optional.empty(), Optional.empty());
    }

    private static Api api(Queries queries, Optional<Acts> acts, Optional<Trials> trials) {
        return new Api(
                queries, TOPICS, () -> LEDGER, Set.of("tenant"), acts, Silences.none(), trials, schemas -> List.of());
    }

    /** Returns the operations that only ask. */
    List<Operation> asking() {
        return api.operations().stream()
                .filter(operation ->
                        operation.role().filter(Role.READER::equals).isPresent())
                .toList();
    }

    /** Returns where acts are recorded. */
    InMemoryAuditRecorder recorder() {
        return recorder;
    }

    /** Returns what policies are tried on. */
    TestSite site() {
        return site;
    }

    Acts acts() {
        return acts.orElseThrow();
    }

    private static <T> ModelTopic<T> topic(Table<T> table) {
        return new ModelTopic<>("audit." + table.name(), table, avro -> record -> null);
    }

    WebHarness web() {
        return web;
    }

    Api api() {
        return api;
    }

    Database database() {
        return database;
    }

    /** Appends a record to the topic of a table, a second after the one before. */
    <T> void write(Table<T> table, String key, T value) {
        write(table, Map.of(key, value));
    }

    <T> void write(Table<T> table, Map<String, T> values) {
        Position from = positions.get(table.name());
        List<Entry<T>> entries = new ArrayList<>();
        long offset = from.nextOffset();
        for (Map.Entry<String, T> value : values.entrySet()) {
            long writtenMs = NOON.plusSeconds(offset).toEpochMilli();
            entries.add(entry(from, offset++, writtenMs, value.getKey(), value.getValue()));
        }
        Position to = new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(
                        table,
                        from,
                        offset,
                        entries,
                        0,
                        NOON.plusSeconds(offset).toEpochMilli()))
                .orElseThrow();
        positions.put(table.name(), to);
    }

    @Override
    public void close() {
        web.close();
        trials.close();
        acts.ifPresent(Acts::close);
        database.close();
    }
}
