package io.foundling.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart as an artifact: read by GNU tar, and by skopeo where that is installed. */
class ReleasedChartTest {

    private static final Path CHART = Path.of("../chart");
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void shouldHoldAllFilesOfTheChartAsHelmExpectsThem() throws IOException {
        // When
        ReleasedChart.write(CHART, directory, CREATED);

        // Then
        Path unpacked = Files.createDirectories(directory.resolve("unpacked"));
        Shell.run("tar", "-xzf", directory.resolve("foundling-0.1.0.tgz").toString(), "-C", unpacked.toString());
        Shell.run(
                "diff",
                "--recursive",
                "--exclude=.helmignore",
                CHART.toString(),
                unpacked.resolve("foundling").toString());
    }

    @Test
    void shouldGiveTheSameDigestEachTime() throws IOException {
        // When
        String first = ReleasedChart.write(CHART, directory.resolve("first"), CREATED);
        String second = ReleasedChart.write(CHART, directory.resolve("second"), CREATED);

        // Then
        assertThat(second).isEqualTo(first).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void shouldBeReadableByWhatSendsIt() throws IOException {
        // Given
        if (!Shell.knows("skopeo")) {
            BuiltImages.missing("skopeo, a Debian package, is not installed");
        }

        // When
        ReleasedChart.write(CHART, directory, CREATED);

        // Then
        JsonNode manifest = new ObjectMapper()
                .readTree(Shell.run("skopeo", "inspect", "--raw", "oci:" + directory.resolve("chart") + ":0.1.0"));
        assertThat(manifest.at("/config/mediaType").textValue()).isEqualTo("application/vnd.cncf.helm.config.v1+json");
        assertThat(manifest.at("/layers/0/mediaType").textValue())
                .isEqualTo("application/vnd.cncf.helm.chart.content.v1.tar+gzip");
        Shell.run(
                "skopeo",
                "copy",
                "--preserve-digests",
                "oci:" + directory.resolve("chart") + ":0.1.0",
                "dir:" + directory.resolve("copy"));
        assertThat(directory
                        .resolve("copy")
                        .resolve(manifest.at("/layers/0/digest").textValue().substring("sha256:".length())))
                .hasSameBinaryContentAs(directory.resolve("foundling-0.1.0.tgz"));
    }
}
