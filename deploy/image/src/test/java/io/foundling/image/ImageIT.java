package io.foundling.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the image and what it says of itself. */
class ImageIT {

    private static ImageContent image;

    @BeforeAll
    static void unpack() {
        image = BuiltImages.content();
    }

    @Test
    void shouldHaveOneDigestWhenBuiltTwice() throws IOException {
        Image first = BuiltImages.first();
        Image second = BuiltImages.second();
        System.out.printf("image: %.1f MB, %s%n", Files.size(first.archive()) / 1e6, first.digest());
        for (int layer = 0; layer < image.layers().size(); layer++) {
            System.out.printf("layer: %.1f MB%n", Files.size(image.layers().get(layer)) / 1e6);
        }
        assertThat(first.archive()).isNotEqualTo(second.archive());
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(Files.mismatch(first.archive(), second.archive())).isEqualTo(-1);
    }

    /** What a registry is sent is the manifest, byte for byte. */
    @Test
    void shouldKeepItsDigestWhenCopied(@TempDir Path directory) {
        // Given
        if (!Shell.knows("skopeo")) {
            BuiltImages.missing("skopeo, a Debian package, is not installed");
        }
        Image built = BuiltImages.first();

        // When
        Shell.run("skopeo", "copy", "--preserve-digests", "oci-archive:" + built.archive(), "dir:" + directory);

        // Then
        String copied =
                Shell.run("sha256sum", directory.resolve("manifest.json").toString());
        assertThat("sha256:" + copied).startsWith(built.digest() + " ");
    }

    @Test
    void shouldSayHowItIsToBeRun() {
        JsonNode config = image.config().get("config");
        assertThat(image.text("User")).isEqualTo("10001:10001");
        assertThat(image.texts("Entrypoint")).containsExactly("/usr/local/bin/foundling");
        assertThat(config.path("Cmd")).isEmpty();
        assertThat(image.text("WorkingDir")).isEqualTo("/var/lib/foundling");
        assertThat(config.get("ExposedPorts").fieldNames()).toIterable().containsExactly("8080/tcp");
        assertThat(image.texts("Env"))
                .contains("LANG=C.UTF-8", "MALLOC_ARENA_MAX=2")
                .noneMatch(variable -> variable.startsWith("FOUNDLING_"));
        assertThat(image.config().get("architecture").asText()).isEqualTo("amd64");
        assertThat(image.config().get("os").asText()).isEqualTo("linux");
    }

    @Test
    void shouldBeWhatTheChartTakesItFor() throws IOException {
        // Given
        YAMLMapper yaml = new YAMLMapper();
        JsonNode chart = yaml.readTree(Path.of("../chart/Chart.yaml").toFile());
        JsonNode taken = yaml.readTree(Path.of("../chart/values.yaml").toFile()).get("image");

        // Then
        assertThat(image.text("User"))
                .isEqualTo(taken.get("user").asText() + ":" + taken.get("group").asText());
        assertThat(image.config().at("/config/ExposedPorts").fieldNames())
                .toIterable()
                .containsExactly(taken.get("port").asText() + "/tcp");
        assertThat(image.text("WorkingDir"))
                .isEqualTo(taken.get("stateDirectory").asText());
        assertThat(List.of(
                        taken.get("configDirectory").asText(),
                        taken.get("temporaryDirectory").asText()))
                .allSatisfy(directory ->
                        assertThat(image.root().resolve(directory.substring(1))).isDirectory());
        assertThat(image.name())
                .isEqualTo(taken.get("repository").asText() + ":"
                        + chart.get("appVersion").asText());
    }

    @Test
    void shouldBeLabelledAndNeverBeLatest() {
        JsonNode labels = image.config().get("config").get("Labels");
        assertThat(labels.fieldNames())
                .toIterable()
                .allMatch(name -> name.startsWith("org.opencontainers.image."))
                .contains("org.opencontainers.image.version", "org.opencontainers.image.licenses");
        String version = labels.get("org.opencontainers.image.version").asText();
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(image.name()).isEqualTo("foundling:" + version);
    }

    @Test
    void shouldShipAnUpgradeOfFoundlingAloneInTheLastLayer() {
        assertThat(image.layers()).hasSize(4);
        assertThat(image.namesIn(1)).contains("./opt/java/bin/java").noneMatch(name -> name.contains("foundling"));
        assertThat(image.namesIn(2))
                .anyMatch(name -> name.startsWith("opt/foundling/lib/kafka-streams-"))
                .noneMatch(name -> name.contains("/foundling-"));
        assertThat(image.namesIn(3))
                .filteredOn(name -> name.endsWith(".jar"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("opt/foundling/lib/foundling-"));
    }

    @Test
    void shouldHoldWhatTheServiceNeedsAndNothingElse() throws IOException {
        assertThat(namesIn("opt/foundling/lib"))
                .anyMatch(name -> name.startsWith("logback-classic-"))
                .anyMatch(name -> name.startsWith("foundling-service-"))
                .noneMatch(name -> name.matches(
                        "(foundling-local|kafka_|kafka-server|scala|junit|assertj|awaitility|jib|apicurio).*"));
        assertThat(namesIn("opt/foundling/native"))
                .containsExactly(
                        "liblz4-java.so",
                        "librocksdbjni-linux64.so",
                        "libsnappyjava.so",
                        "libsqlitejdbc.so",
                        "libzstd-jni.so");
        assertThat(namesIn("opt/java/bin")).containsExactly("java");
        assertThat(namesIn("bin")).containsExactly("dash", "sh");
    }

    @Test
    void shouldKeepSymbolicLinks() {
        assertThat(image.root().resolve("bin/sh")).isSymbolicLink();
        assertThat(image.root().resolve("usr/lib/x86_64-linux-gnu/libstdc++.so.6"))
                .isSymbolicLink();
    }

    @Test
    void shouldHaveNothingThatEverybodyMayWriteOrThatLendsRights() {
        String root = image.root().toString();
        assertThat(Shell.run("find", root, "-perm", "/6000")).isEmpty();
        assertThat(Shell.run("find", root, "!", "-type", "l", "-perm", "-0002", "-printf", "%P %m\n"))
                .isEqualTo("tmp 1777\n");
        assertThat(Shell.run("find", root, "(", "-type", "b", "-o", "-type", "c", ")"))
                .isEmpty();
    }

    @Test
    void shouldBelongToRootButForTheState() {
        List<String> others = image.layers().stream()
                .flatMap(layer -> Shell.run("tar", "-tvzf", layer.toString(), ImageContent.QUIET, "--numeric-owner")
                        .lines())
                .filter(line -> !line.contains(" 0/0 "))
                .map(line -> line.replaceAll("^(\\S+) +(\\S+) .* (\\S+)$", "$1 $2 $3"))
                .toList();
        assertThat(others).containsExactly("drwxr-x--- 10001/10001 var/lib/foundling/");
    }

    @Test
    void shouldTrustPublicAuthorities() throws Exception {
        KeyStore trusted = KeyStore.getInstance(
                image.root().resolve("opt/java/lib/security/cacerts").toFile(), "changeit".toCharArray());
        assertThat(trusted.size()).isGreaterThan(50);
    }

    private static List<String> namesIn(String directory) throws IOException {
        try (Stream<Path> files = Files.list(image.root().resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
