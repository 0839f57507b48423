package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the Python example needs of the machine. Without it the test of that example is skipped, but never in CI. */
final class DebianPackages {

    private static final String MESSAGE =
            "The Python example was not tested; it needs: apt-get install python3-avro python3-confluent-kafka";

    private DebianPackages() {}

    static void require() {
        if (System.getenv("CI") == null) {
            assumeTrue(areThere(), MESSAGE);
        }
        assertThat(areThere()).as(MESSAGE).isTrue();
    }

    private static boolean areThere() {
        return Files.isExecutable(Path.of(ExampleRun.PYTHON))
                && ExampleRun.python(Map.of(), "-c", "import avro.io, confluent_kafka")
                                .exitCode()
                        == 0;
    }
}
