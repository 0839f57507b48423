package io.foundling.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceLibrariesIT {

    /**
     * What is tried in a checkout then holds for the image. While the demo's broker shared the directory, its jose4j hid
     * that the service had none: kafka-clients needs it for OAUTHBEARER and does not bring it (KAFKA-20184).
     */
    @Test
    void shouldBeTheSameInACheckoutAndInTheImage() throws IOException {
        assertThat(inACheckout())
                .isEqualTo(inTheImage())
                .anyMatch(jar -> jar.startsWith("jose4j-"))
                .noneMatch(jar -> jar.matches("(foundling-(local|demo|client)|kafka_|kafka-server|scala-).*"));
    }

    private static List<String> inACheckout() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("../../src/service/target/lib"))) {
            return jars.map(ServiceLibrariesIT::name).sorted().toList();
        }
    }

    private static List<String> inTheImage() throws IOException {
        String jars = Files.readString(Path.of("content/target/classpath")).strip();
        return Stream.of(jars.split(File.pathSeparator))
                .map(Path::of)
                .map(ServiceLibrariesIT::name)
                .sorted()
                .toList();
    }

    private static String name(Path jar) {
        return jar.getFileName().toString();
    }
}
