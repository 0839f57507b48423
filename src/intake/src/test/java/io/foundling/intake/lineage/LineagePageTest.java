package io.foundling.intake.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Declared;
import io.foundling.audit.Producer;
import io.foundling.intake.event.EventReader;
import io.foundling.intake.event.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page says what each type of event becomes, and how a job is declared. */
class LineagePageTest {

    private static final Path PAGE = Path.of("../service/docs/lineage.md");
    private static final String EVENT = """
            {"eventType": "%s", "eventTime": "2026-01-05T12:00:00Z", "producer": "https://example.com/etl",
            "run": {"runId": "0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90"}, "job": {"namespace": "etl", "name": "load"}}
            """;

    @ParameterizedTest
    @EnumSource(RunState.class)
    void shouldHaveARowForEachType(RunState state) throws IOException {
        // Given
        List<String> facts = RecordedEvents.translated(EVENT.formatted(state)).stream()
                .map(event -> event.getBody().getClass().getSimpleName())
                .toList();
        String ofJob = facts.stream().skip(1).collect(Collectors.joining(", "));

        // Then
        assertThat(Files.readString(PAGE))
                .containsPattern("\\| `" + state + "`[^|]*\\| " + facts.get(0) + " \\| "
                        + (ofJob.isEmpty() ? "" : ofJob + " ") + "\\| ");
    }

    @Test
    void shouldDeclareTheScopeThatRunsOfTheJobComplete() throws IOException {
        // Given
        Matcher block = Pattern.compile("-d '(\\{.*\"Declared\".*})'").matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();

        // When
        AuditEvent declared = new EventReader()
                .read(
                        new ObjectMapper().readTree(block.group(1)),
                        new Origin(
                                Optional.of(new UUID(0, 1)),
                                Optional.of(Instant.EPOCH),
                                new Producer("etl", "", "", 0L)));

        // Then
        assertThat(declared.getBody()).isInstanceOf(Declared.class);
        assertThat(declared.getSubject()).isEqualTo(new JobName("airflow-prod", "billing").scope());
    }
}
