package io.foundling.client.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What an application prints that does not start; the applications of 3.5 and 4.0 print it. */
class RecorderFailureAnalyzerTest {

    private final RecorderFailureAnalyzer analyzer = new RecorderFailureAnalyzer();

    @Test
    void shouldListEachProblemOfTheSettings() {
        // When
        FailureAnalysis analysis = analyzer.analyze(new IllegalStateException(
                "bean",
                new IllegalArgumentException("audit recorder: audit.topics is no setting; audit.async is 'yes'")));

        // Then
        assertThat(analysis.getDescription()).endsWith(":\n\n    audit.topics is no setting\n    audit.async is 'yes'");
        assertThat(analysis.getAction())
                .startsWith("Correct each of these properties")
                .doesNotContain("spring.application.name");
    }

    @Test
    void shouldAskForAnotherDirectoryWhenTheSpoolCannotBeUsed(@TempDir Path root) throws IOException {
        // Given
        Path file = Files.createFile(root.resolve("file"));
        RecorderBuilder recorder = KafkaAuditRecorder.builder()
                .bootstrapServers("127.0.0.1:1")
                .schemaRegistryUrl("http://127.0.0.1:1")
                .service("bank")
                .spill(file, 10_000_000);
        Throwable failure = catchThrowable(recorder::build);

        // When
        FailureAnalysis analysis = analyzer.analyze(failure);

        // Then
        assertThat(analysis.getDescription()).contains(file.toString(), "audit.spool.directory");
        assertThat(analysis.getAction()).startsWith("Name a directory for the spool");
    }

    @Test
    void shouldLeaveOtherFailuresToOthers() {
        assertThat(analyzer.analyze(new IllegalArgumentException("no recorder")))
                .isNull();
        assertThat(analyzer.analyze(new IllegalArgumentException())).isNull();
        assertThat(analyzer.analyze(new IllegalStateException("audit recorder: closed")))
                .isNull();
    }
}
