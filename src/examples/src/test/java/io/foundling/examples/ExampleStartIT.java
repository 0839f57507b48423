package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an example needs before it does anything: the client's jars and three settings. No broker takes part. */
class ExampleStartIT {

    @Test
    void shouldFindOnlyWhatTheClientBringsWhenLookingAtTheClassPath() {
        // When
        File[] libraries = ExampleRun.LIBRARIES.toFile().listFiles();

        // Then
        assertThat(libraries)
                .extracting(File::getName)
                .containsExactlyInAnyOrder(
                        "foundling-client.jar",
                        "foundling-schemas.jar",
                        "kafka-clients.jar",
                        "avro.jar",
                        "jackson-core.jar",
                        "jackson-databind.jar",
                        "jackson-annotations.jar",
                        "slf4j-api.jar",
                        "jose4j.jar",
                        "lz4-java.jar",
                        "snappy-java.jar",
                        "zstd-jni.jar");
    }

    @ParameterizedTest
    @ValueSource(classes = {PlainService.class, BatchJob.class})
    void shouldNameEveryMissingSettingInOneLineWhenThereIsNone(Class<?> example) {
        // When
        ExampleRun run = ExampleRun.java(example, Map.of());

        // Then
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).singleElement().satisfies(ExampleStartIT::namesEverySetting);
    }

    @Test
    void shouldNameEveryMissingSettingInOneLineWhenPythonHasNone() {
        // Given
        DebianPackages.require();

        // When
        ExampleRun run = ExampleRun.python(Map.of(), "python/report.py");

        // Then
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
        assertThat(run.errors()).singleElement().satisfies(ExampleStartIT::namesEverySetting);
    }

    private static void namesEverySetting(String line) {
        assertThat(line).contains("AUDIT_BOOTSTRAP_SERVERS", "AUDIT_SCHEMA_REGISTRY_URL", "AUDIT_SERVICE");
    }
}
