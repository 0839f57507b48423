package io.foundling.service.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.audit.AuditEvent;
import io.foundling.service.GoldenSection;
import io.foundling.service.Page;
import io.foundling.service.command.CommandRun;
import io.foundling.service.mapping.MappedRecord;
import io.foundling.service.mapping.Mapping;
import io.foundling.service.mapping.MappingReader;
import io.foundling.service.mapping.MappingSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadyMappingsTest {

    private static final Path DIRECTORY = Path.of("../../deploy/examples/mappings");
    private static final Page PAGE = new Page(DIRECTORY.resolve("README.md"));
    private static final String ENDING = ".mapping.yaml";

    /** For the bridge only: its records have keys and headers, which lines of a file cannot have each. */
    private static final String ROUTED = "debezium-outbox-routed";

    static Stream<String> mappings() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static Stream<String> sampled() throws IOException {
        return mappings().filter(name -> !name.equals(ROUTED));
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void shouldFitTheSchema(String name) throws IOException {
        assertThat(MappingSchema.read().faults(Files.readString(DIRECTORY.resolve(name + ENDING))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sampled")
    void shouldMapEachLineOfTheSampleToWhatThePageSays(String name) throws Exception {
        // Given
        List<SampleCommand> commands = commands(name);
        String policies = block(name, "yaml");
        StringBuilder page = new StringBuilder("\n```text\n");

        // When
        List<AuditEvent> events = new ArrayList<>();
        for (SampleCommand command : commands) {
            CommandRun run = command.run();
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("skipped 0, failed 0");
            page.append(run.out());
            events.addAll(command.events());
        }
        List<String> lines = SampleLedger.lines(policies, events);
        lines.forEach(line -> page.append(line).append('\n'));

        // Then
        new GoldenSection(PAGE.file().toString(), name)
                .shouldHold(page.append("```\n\n").toString());
        assertThat(lines).noneMatch(line -> line.startsWith("violation") || line.startsWith("dead letter"));
        assertThat(lines).anyMatch(line -> line.contains("ORPHAN"));
    }

    @ParameterizedTest
    @MethodSource("sampled")
    void shouldChangeNothingWhenTheSampleIsSentAgain(String name) throws Exception {
        // Given
        List<AuditEvent> once = new ArrayList<>();
        for (SampleCommand command : commands(name)) {
            once.addAll(command.events());
        }
        List<AuditEvent> twice = new ArrayList<>(once);
        for (SampleCommand command : commands(name)) {
            twice.addAll(command.events());
        }

        // Then
        assertThat(SampleLedger.lines(block(name, "yaml"), twice))
                .isEqualTo(SampleLedger.lines(block(name, "yaml"), once));
    }

    @Test
    void shouldMapEachLineOfAllFilesOfAnOpenAiBatch() {
        assertThat(commands("openai-batch").stream()
                        .map(command -> command.run().out().replaceFirst(" \\(.*\\)", "")))
                .map(String::strip)
                .containsExactly(
                        "lines 7, events sent 7, ignored 0, skipped 0, failed 0",
                        "lines 4, events sent 4, ignored 0, skipped 0, failed 0",
                        "lines 2, events sent 2, ignored 0, skipped 0, failed 0",
                        "lines 4, events sent 4, ignored 0, skipped 0, failed 0");
    }

    /** The router makes of each row of the outbox a record with its payload, key and headers. */
    @Test
    void shouldGiveTheSameFactsBehindTheRouterAsFromTheTable() throws Exception {
        // Given
        Mapping table = MappingReader.read(DIRECTORY.resolve("debezium-outbox" + ENDING));
        Mapping routed = MappingReader.read(DIRECTORY.resolve(ROUTED + ENDING));
        List<AuditEvent> fromTable = new ArrayList<>();
        List<AuditEvent> fromRouter = new ArrayList<>();

        // When
        for (String line : Files.readAllLines(DIRECTORY.resolve("debezium-outbox.jsonl"))) {
            JsonNode change = MappedRecord.object(line.getBytes(StandardCharsets.UTF_8));
            fromTable.addAll(table.events(MappedRecord.ofLine(line.getBytes(StandardCharsets.UTF_8))));
            JsonNode row = change.get("after");
            if (!row.isNull()) {
                fromRouter.addAll(routed.events(new MappedRecord(
                        MappedRecord.object(row.get("payload").asText().getBytes(StandardCharsets.UTF_8)),
                        Optional.of(row.get("aggregateid").asText()),
                        Optional.of(
                                Instant.ofEpochMilli(change.at("/source/ts_ms").asLong())),
                        Map.of(
                                "id",
                                row.get("id").asText(),
                                "eventType",
                                row.get("type").asText()))));
            }
        }

        // Then
        assertThat(fromRouter)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("producer")
                .isEqualTo(fromTable);
    }

    private static List<SampleCommand> commands(String name) {
        List<SampleCommand> commands = PAGE.blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(Page.Block::commands)
                .map(SampleCommand::of)
                .filter(command -> command.mapping().endsWith(name + ENDING))
                .toList();
        assertThat(commands).as("commands for %s", name).isNotEmpty();
        return commands;
    }

    /** Returns the first block of a language after the golden section of a mapping. */
    private static String block(String name, String language) {
        String after = PAGE.text().split("<!-- " + name + ":end -->")[1];
        return after.split("```" + language + "\n")[1].split("```")[0];
    }
}
