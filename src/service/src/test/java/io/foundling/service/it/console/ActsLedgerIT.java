package io.foundling.service.it.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.local.LocalStack;
import io.foundling.service.command.CommandRun;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What acts do in a real ledger, asked of a real console. */
class ActsLedgerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(15);
    private static final int MANY = 100_000;
    private static final Pattern ADDRESS = Pattern.compile("console answers at (http://[^ ]+)");
    private static final Instant BEFORE = Instant.now().minusSeconds(60);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static ServiceProcess console;
    private static String url;
    private static EventFeed feed;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
        stack.closeFirst(LiveLedger.start(stack, directory.resolve("ledger"), ""))
                .awaitReady();
        Path yaml = Files.writeString(directory.resolve("foundling.yaml"), "");
        console = stack.closeFirst(ServiceProcess.of(
                                stack,
                                directory,
                                "console",
                                yaml,
                                Map.of(
                                        "console.port",
                                        "0",
                                        "console.database",
                                        "jdbc:sqlite:" + directory.resolve("model.db")))
                        .running("console"))
                .start()
                .awaitReady();
        await("address").atMost(PATIENCE).until(() -> address().find());
        Matcher address = address();
        address.find();
        url = address.group(1);
        feed = EventFeed.into(stack);
    }

    private static Matcher address() {
        return ADDRESS.matcher(console.log());
    }

    @AfterAll
    static void stop() {
        feed.close();
        stack.close();
    }

    @Test
    void shouldMoveTheDeadlineOfWhatAwaits() throws Exception {
        deferred("extended", 120);
        Instant until = Instant.parse("2027-06-01T00:00:00Z");
        act("extend", Events.key("extended"), "--until", until.toString());
        await("deadline")
                .atMost(PATIENCE)
                .until(() -> disposition("extended").at("/deadline/at").asText().equals(until.toString()));
        assertThat(disposition("extended").at("/status").asText()).isEqualTo("DEFERRED");
        assertThat(disposition("extended").at("/metadata/foundling.actor").asText())
                .isEqualTo("local");
    }

    @Test
    void shouldCloseWhatIsCancelled() throws Exception {
        deferred("cancelled", 120);
        act("cancel", Events.key("cancelled"));
        awaitStatus("cancelled", Status.CANCELLED);
        assertThat(disposition("cancelled").at("/reason").asText()).isEqualTo("because (local)");
    }

    @Test
    void shouldHaveEveryActInTheTrail() throws Exception {
        deferred("annotated", 120);
        act("annotate", Events.key("annotated"), "--set", "ticket=OPS-1");
        String trail = "/api/v1/subjects/" + Events.key("annotated") + "/trail";
        await("trail").atMost(PATIENCE).until(() -> get(trail).at("/rows").size() == 2);
        JsonNode recorded = get(trail).at("/rows/1");
        assertThat(recorded.toString())
                .contains("\"foundling.actor\":\"local\"", "\"foundling.reason\":\"because\"", "\"ticket\":\"OPS-1\"");
    }

    @Test
    void shouldForgetWhatIsErased() throws Exception {
        deferred("erased", 120);
        act("erase", Events.key("erased"));
        await("erased").atMost(PATIENCE).until(() -> disposition("erased").isMissingNode());
    }

    @Test
    void shouldExpectWhatIsUnknown() throws Exception {
        act("expect", Events.key("expected"), "--by", "6h");
        awaitStatus("expected", Status.EXPECTED);
    }

    @Test
    void shouldCancelAllOfAStageAndRepeatHarmlessly() throws Exception {
        for (int i = 0; i < 50; i++) {
            feed.send(TopicNames.EVENTS, deferredIn("nightly", "n" + i));
        }
        awaitListed("nightly", 50);
        String[] cancel = {
            "act",
            "cancel",
            "--stage",
            "nightly",
            "--reason",
            "because",
            "--yes",
            "--url",
            url,
            "--id",
            "7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e10"
        };
        assertThat(CommandRun.of(cancel).out()).startsWith("done: 50 recorded");
        awaitListed("nightly", 0);
        assertThat(CommandRun.of(cancel).err()).startsWith("cancel is for 0 subjects");
        assertThat(get("/api/v1/violations?stage=nightly").at("/rows")).isEmpty();
    }

    /** A broker that is away costs the caller seconds, and a repeat counts once. */
    @Test
    void shouldSayThatTheBrokerIsAway() throws Exception {
        // Given
        deferred("away", 120);
        String[] cancel = {
            "act",
            "cancel",
            Events.key("away"),
            "--reason",
            "because",
            "--url",
            url,
            "--id",
            UUID.randomUUID().toString()
        };
        stack.broker().stop();

        // When
        Instant begin = Instant.now();
        CommandRun lost = CommandRun.of(cancel);

        // Then
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(60));
        stack.broker().start();
        assertThat(lost.exitCode()).isEqualTo(3);
        assertThat(lost.err()).contains("The broker did not acknowledge the act");

        // When
        await("the broker").atMost(PATIENCE).until(() -> CommandRun.of(cancel).exitCode() == 0);

        // Then
        awaitStatus("away", Status.CANCELLED);
        assertThat(get("/api/v1/violations?subject=" + Events.key("away")).at("/rows"))
                .isEmpty();
    }

    @Test
    @Tag("full")
    void shouldCancelAHundredThousand() throws Exception {
        for (int i = 0; i < MANY; i++) {
            feed.enqueue(feed.record(TopicNames.EVENTS, deferredIn("bulk", "b" + i)));
        }
        feed.producer().flush();
        await("all await").atMost(LONG).pollInterval(Duration.ofSeconds(2)).until(() -> counted() == MANY);
        Instant begin = Instant.now();
        CommandRun run =
                CommandRun.of("act", "cancel", "--stage", "bulk", "--reason", "because", "--yes", "--url", url);
        System.out.println("100,000 cancelled in " + Duration.between(begin, Instant.now()) + "; " + run.out());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("done: 100,000 recorded");
        await("none await").atMost(LONG).until(() -> counted() == 0);
    }

    private long counted() throws Exception {
        String body = "{\"act\":\"cancel\",\"reason\":\"x\",\"id\":\"7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e11\","
                + "\"filter\":{\"list\":\"awaiting\",\"stage\":\"bulk\"}}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/acts"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return json(request).path("counted").asLong(-1);
    }

    private void awaitListed(String stage, int subjects) {
        await("listed")
                .atMost(PATIENCE)
                .until(() -> get("/api/v1/awaiting?limit=1000&stage=" + stage)
                                .at("/rows")
                                .size()
                        == subjects);
    }

    private static AuditEvent deferredIn(String stage, String id) {
        return Events.event(id, BEFORE, new Deferred(null, null))
                .setSubject(new Subject(SubjectKind.RECORD, Events.SOURCE, stage, id))
                .build();
    }

    private void deferred(String id, int seconds) {
        feed.send(TopicNames.EVENTS, Events.deferred(id, BEFORE, BEFORE.plusSeconds(seconds + 60)));
        awaitStatus(id, Status.DEFERRED);
    }

    private void awaitStatus(String id, Status status) {
        await(status.name())
                .atMost(PATIENCE)
                .until(() -> disposition(id).at("/status").asText().equals(status.name()));
    }

    private void act(String... arguments) {
        String[] all = new String[arguments.length + 5];
        all[0] = "act";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        System.arraycopy(new String[] {"--reason", "because", "--url", url}, 0, all, arguments.length + 1, 4);
        CommandRun run = CommandRun.of(all);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private JsonNode disposition(String id) throws Exception {
        return get("/api/v1/subjects/" + Events.key(id)).at("/disposition");
    }

    private JsonNode get(String path) throws Exception {
        return json(HttpRequest.newBuilder(URI.create(url + path)).build());
    }

    private JsonNode json(HttpRequest request) throws Exception {
        return new ObjectMapper()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
