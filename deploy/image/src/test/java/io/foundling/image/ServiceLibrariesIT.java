package io.foundling.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceLibrariesIT {

    private static final Path ROOT = Path.of("../..");
    private static final String VERSION = "0.1.0-SNAPSHOT";

    /**
     * What is tried in a checkout then holds for the image. While the demo's broker shared the directory, its jose4j hid
     * that the service had none: kafka-clients needs it for OAUTHBEARER and does not bring it (KAFKA-20184).
     */
    @Test
    void shouldBeTheSameInACheckoutAndInTheImage() throws IOException {
        assertThat(inACheckout())
                .isEqualTo(inTheImage())
                .anyMatch(jar -> jar.startsWith("jose4j-"))
                .noneMatch(jar -> jar.matches("(foundling-(local|demo)|kafka_|kafka-server|scala-).*"));
    }

    /** Also the jar of the program that builds the image. */
    @Test
    void shouldSayUnderWhichLicenceTheyAre() throws IOException {
        // Given
        List<Path> ours = Stream.concat(
                        jarsOfTheImage(), Stream.of(Path.of("target/foundling-image-" + VERSION + ".jar")))
                .filter(jar -> name(jar).startsWith("foundling-"))
                .toList();

        // When, then
        assertThat(ours)
                .extracting(ServiceLibrariesIT::module)
                .containsExactlyInAnyOrder("client", "console", "image", "intake", "schemas", "service", "topology");
        for (Path jar : ours) {
            try (JarFile content = new JarFile(jar.toFile())) {
                for (String file : List.of("LICENSE", "NOTICE")) {
                    JarEntry entry = content.getJarEntry("META-INF/" + file);
                    assertThat(entry).as("%s of %s", file, jar).isNotNull();
                    assertThat(content.getInputStream(entry)).hasBinaryContent(Files.readAllBytes(ROOT.resolve(file)));
                }
            }
        }
    }

    /** Whoever upgrades a jar looks again what is known of it. */
    @Test
    void shouldBeInTheTableOfAdvisoriesWithTheirVersions() throws IOException {
        // When
        List<String> listed = Files.readAllLines(Path.of("../ADVISORIES.md")).stream()
                .filter(line -> line.matches("\\| [\\w.-]+ \\| \\d.*"))
                .map(line -> line.split(" *\\| *"))
                .map(cells -> cells[1] + "-" + cells[2] + ".jar")
                .sorted()
                .toList();

        // Then
        assertThat(listed)
                .isEqualTo(inTheImage().stream()
                        .filter(jar -> !jar.startsWith("foundling-"))
                        .toList());
    }

    private static String module(Path jar) {
        return name(jar).split("-")[1];
    }

    private static List<String> inACheckout() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("../../src/service/target/lib"))) {
            return jars.map(ServiceLibrariesIT::name).sorted().toList();
        }
    }

    private static List<String> inTheImage() throws IOException {
        return jarsOfTheImage().map(ServiceLibrariesIT::name).sorted().toList();
    }

    private static Stream<Path> jarsOfTheImage() throws IOException {
        String jars = Files.readString(Path.of("content/target/classpath")).strip();
        return Stream.of(jars.split(File.pathSeparator)).map(Path::of);
    }

    private static String name(Path jar) {
        return jar.getFileName().toString();
    }
}
