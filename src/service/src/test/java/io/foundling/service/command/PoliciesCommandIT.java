package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.foundling.audit.AuditEvent;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code policies test} reads from a real broker. */
class PoliciesCommandIT {

    private static CommandStack stack;

    @TempDir
    private Path directory;

    /** Some events, one that is no Avro, and one that cannot be. */
    @BeforeAll
    static void startStack() throws Exception {
        stack = CommandStack.withTopics();
        Instant now = Instant.now();
        for (int number = 0; number < 20; number++) {
            // Late, but no later than what counts as late: a ledger would not wait for its source.
            send(Events.deferred("r" + number).at(now.minusSeconds(30)));
        }
        send(Events.completed("r0").at(Instant.now()));
        stack.sendBytes(TopicNames.EVENTS, "record/x/y/z", new byte[] {1, 2, 3}, Map.of());
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void shouldShowWhatTheTopicsHold() throws IOException {
        // Given
        Path file = Files.writeString(
                directory.resolve("new.yaml"), "policies: [{name: quick, status: DEFERRED, window: 1s, grace: 1s}]");

        // When
        CommandRun json = test(file, "--since", "1h", "--output", "json");
        CommandRun table = test(file, "--since", "1h", "--limit", "3");
        CommandRun csv = test(file, "--since", "1h", "--output", "csv");
        CommandRun none = test(file, "--since", "2h", "--until", "1h");

        // Then
        assertThat(json.exitCode()).as(json.err()).isEqualTo(ExitCode.OK);
        JsonNode found = new JsonMapper().readTree(json.out());
        assertThat(found.get("policies").textValue()).isEqualTo("added 'quick'");
        assertThat(found.get("trail").get("eventsInWindow").intValue()).isEqualTo(21);
        assertThat(found.get("notes").toString())
                .contains(
                        "cannot be decoded are left out, as a ledger leaves them out: 1.",
                        "only policies and expectations")
                .doesNotContain("were deleted", "LogAppendTime");
        assertThat(table.exitCode()).as(table.err()).isEqualTo(ExitCode.OK);
        assertThat(found.get("warnings"))
                .hasSize(20)
                .allSatisfy(each -> assertThat(each.get("change").textValue()).isEqualTo("ADDED"));
        assertThat(table.out())
                .startsWith("policies: added 'quick'\n")
                .contains("university  declaration       0     20     20", "and 17 more", "note: ");
        assertThat(csv.out().lines()).hasSize(21).first().asString().startsWith("change,subject,");
        assertThat(csv.err()).contains("only policies and expectations");
        assertThat(none.out()).contains("trail:    empty");
    }

    @Test
    void shouldSayWhichTopicIsMissing() throws IOException {
        // Given
        Path config = Files.writeString(directory.resolve("nowhere.yaml"), "sources: [nowhere]");

        // When
        CommandRun run = stack.run(
                "policies",
                "test",
                Files.writeString(directory.resolve("new.yaml"), "policies: []").toString(),
                "--config",
                config.toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run.err()).contains("nowhere");
    }

    private CommandRun test(Path file, String... options) {
        List<String> arguments = new ArrayList<>(List.of("policies", "test", file.toString(), "--config"));
        arguments.add(inForce().toString());
        arguments.addAll(List.of(options));
        return stack.run(arguments.toArray(String[]::new));
    }

    /** A ledger that begins waits for late events before it warns. */
    private Path inForce() {
        try {
            return Files.writeString(directory.resolve("in-force.yaml"), "lateArrivalGrace: 1s\nallowedLag: 100ms\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void send(Events event) throws Exception {
        AuditEvent built = event.build();
        stack.send(TopicNames.EVENTS, SubjectKey.of(built.getSubject()), built);
    }
}
