package io.foundling.console.pages;

import static io.foundling.console.model.ModelRecords.entry;

import io.foundling.audit.Producer;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.console.access.Access;
import io.foundling.console.acts.ActSettings;
import io.foundling.console.acts.Acts;
import io.foundling.console.api.Api;
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
import io.foundling.console.web.Callers;
import io.foundling.console.web.Operation;
import io.foundling.console.web.WebLimits;
import io.foundling.console.web.WebServer;
import io.foundling.console.web.WebSettings;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.PolicyMatch;
import io.foundling.topology.settings.PolicySet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** A read model in SQLite, its API, and the pages on any free port. */
final class PagesRig implements AutoCloseable {

    private static final List<ModelTopic<?>> TOPICS =
            Tables.all().stream().<ModelTopic<?>>map(PagesRig::topic).toList();
    private static final PolicySet POLICIES = new PolicySet(
            List.of(
                    new Policy(
                            "declarations",
                            Optional.of(SubjectKind.RECORD),
                            Optional.of("university"),
                            Optional.of("declaration"),
                            Optional.of(Status.DEFERRED),
                            Optional.of(Duration.ofDays(4)),
                            Duration.ofMinutes(5),
                            Optional.of(Duration.ofDays(1))),
                    new Policy(
                            "invoices",
                            Optional.empty(),
                            Optional.of("billing"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(Duration.ofHours(36)),
                            Duration.ZERO,
                            Optional.empty())),
            List.of(new Expectation(
                    "invoice-after-matriculation",
                    new PolicyMatch(
                            Optional.of(SubjectKind.RECORD),
                            Optional.of("university"),
                            Optional.of("matriculation"),
                            Optional.of(Status.COMPLETED)),
                    new Expectation.Expected(Optional.empty(), Optional.of("billing"), "invoice", "{id}"),
                    Duration.ofHours(12))),
            List.of(new PolicyAlert(
                    "declarations",
                    Optional.of(SubjectKind.RECORD),
                    Optional.of("university"),
                    Optional.of("declaration"),
                    Optional.empty(),
                    Map.of(PolicyAlert.OWNER, "registry"),
                    Map.of())));
    private static final ActSettings ACTS = new ActSettings(
            List.of("audit.events"), 1_000, new Producer("foundling-console", "test", "1", 0L), Duration.ofSeconds(30));
    private static final SessionKey KEY = new SessionKey(new byte[32]);
    private static final PagesSettings SETTINGS = new PagesSettings(() -> KEY, Duration.ofHours(12), false);

    private final AtomicReference<PolicySet> policies = new AtomicReference<>(POLICIES);
    private final Database database;
    private final InstantSource clock;
    private final Map<String, Position> positions = new HashMap<>();
    private final Callers callers;
    private final Silences silences;
    private final HttpClient client = HttpClient.newHttpClient();
    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();
    private final Optional<Acts> acts;
    private List<Operation> operations;
    private final TestSite site;
    private final Trials trials;
    private WebServer server;

    PagesRig(Path directory, Access access, InstantSource clock) {
        this(directory, access, clock, 0);
    }

    PagesRig(Path directory, Access access, InstantSource clock, int port) {
        this(directory, Callers.of(access), clock, port, true);
    }

    PagesRig(Path directory, Callers callers, InstantSource clock) {
        this(directory, callers, clock, 0, true);
    }

    /** Makes one that knows what Alertmanager holds back. */
    static PagesRig knowing(Silences silences, Path directory, Access access, InstantSource clock) {
        return new PagesRig(directory, Callers.of(access), clock, 0, true, silences);
    }

    /** Makes one whose API takes no acts. */
    static PagesRig withoutActs(Path directory, Access access, InstantSource clock) {
        return new PagesRig(directory, Callers.of(access), clock, 0, false);
    }

    private PagesRig(Path directory, Callers callers, InstantSource clock, int port, boolean takesActs) {
        this(directory, callers, clock, port, takesActs, Silences.none());
    }

    private PagesRig(
            Path directory, Callers callers, InstantSource clock, int port, boolean takesActs, Silences silences) {
        this.silences = silences;
        database = TestDatabase.SQLITE.create(directory);
        this.callers = callers;
        this.clock = clock;
        acts = takesActs
                ? Optional.of(new Acts(ACTS, new Queries(database), topic -> recorder, clock, (act, outcome) -> {}))
                : Optional.empty();
        site = new TestSite(clock.instant().minus(Duration.ofHours(12)));
        trials = new Trials(site, new TrialLimits(Duration.ofMinutes(10), 100_000), clock);
        for (ModelTopic<?> topic : TOPICS) {
            Position first = new Position(new TopicPartition(topic.name(), 0), "id", 1, 0, 0, true, 0, 0);
            database.write(handle -> {
                Positions.begin(handle, first, true);
                return null;
            });
            positions.put(topic.table().name(), first);
        }
        serve(port);
    }

    private static <T> ModelTopic<T> topic(Table<T> table) {
        return new ModelTopic<>("audit." + table.name(), table, avro -> record -> null);
    }

    private void serve(int port) {
        Api api = new Api(
                new Queries(database),
                TOPICS,
                () -> LedgerSettings.defaults("audit.events", 1).under(policies.get()),
                Set.of("tenant"),
                acts,
                silences,
                Optional.of(trials),
                schemas -> List.of());
        Pages pages = new Pages(api.operations(), callers, policies::get, SETTINGS, clock);
        operations = new ArrayList<>(api.operations());
        operations.addAll(pages.operations());
        server = new WebServer(
                new WebSettings("127.0.0.1", port, WebSettings.LOOPBACK, Optional.empty(), WebLimits.DEFAULTS),
                callers,
                operations,
                Optional.of(pages.problemPage()),
                (operation, status) -> {},
                clock);
    }

    /** Returns everything that is served. */
    List<Operation> operations() {
        return List.copyOf(operations);
    }

    void putInForce(PolicySet others) {
        policies.set(others);
    }

    HttpResponse<String> get(String target, String... headers) {
        return send(request(target, headers));
    }

    HttpResponse<String> post(String target, String form, String... headers) {
        return send(request(target, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Returns what forms must send that were made for a caller without a cookie. */
    String formToken(String caller) {
        return new SessionCookie(SETTINGS).formToken(caller, Optional.empty());
    }

    /** Returns what policies are tried on. */
    TestSite site() {
        return site;
    }

    /** Returns where acts are recorded. */
    InMemoryAuditRecorder recorder() {
        return recorder;
    }

    HttpRequest.Builder request(String target, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + target))
                .timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Returns the status of an answer, without waiting for the end of that. */
    int status(HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    int port() {
        return server.port();
    }

    /** Ends the server, and starts another one on the same port. */
    void restart() {
        int port = port();
        server.close();
        serve(port);
    }

    Instant now() {
        return clock.instant();
    }

    <T> void write(Table<T> table, String key, T value) {
        write(table, Map.of(key, value));
    }

    /** Appends records to the topic of a table, and says that it was read up to now. */
    <T> void write(Table<T> table, Map<String, T> values) {
        List<Entry<T>> entries = new ArrayList<>();
        Position from = positions.get(table.name());
        long offset = from.nextOffset();
        for (Map.Entry<String, T> value : values.entrySet()) {
            entries.add(entry(from, offset++, now().toEpochMilli(), value.getKey(), value.getValue()));
        }
        written(table, from, offset, entries);
    }

    /** Appends records of the trail. */
    <T> void append(Table<T> table, String key, List<T> values, List<Instant> at) {
        List<Entry<T>> entries = new ArrayList<>();
        Position from = positions.get(table.name());
        long offset = from.nextOffset();
        for (int i = 0; i < values.size(); i++) {
            entries.add(entry(from, offset++, at.get(i).toEpochMilli(), key, values.get(i)));
        }
        written(table, from, offset, entries);
    }

    private <T> void written(Table<T> table, Position from, long offset, List<Entry<T>> entries) {
        Position to = new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(table, from, offset, entries, 0, now().toEpochMilli()))
                .orElseThrow();
        positions.put(table.name(), to);
    }

    /** Says that all topics were read up to now. */
    void catchUp() {
        catchUp(table -> true);
    }

    /** Says that the topics of some tables were read up to now. */
    void catchUp(Predicate<Table<?>> which) {
        Map<String, Table<?>> tables = new LinkedHashMap<>();
        Tables.all().stream().filter(which).forEach(table -> tables.put(table.name(), table));
        tables.values()
                .forEach(table -> written(
                        table,
                        positions.get(table.name()),
                        positions.get(table.name()).nextOffset(),
                        List.of()));
    }

    /** From now on the database does not answer. */
    void loseDatabase() {
        database.close();
    }

    @Override
    public void close() {
        server.close();
        acts.ifPresent(Acts::close);
        silences.close();
        trials.close();
        database.close();
    }
}
