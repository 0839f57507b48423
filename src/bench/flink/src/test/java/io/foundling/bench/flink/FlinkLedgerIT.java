package io.foundling.bench.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on Flink with few events, started as a developer starts it. The figures mean nothing; the result is checked. */
class FlinkLedgerIT {

    private static final int PATIENCE_MINUTES = 8;

    @TempDir
    private Path directory;

    @Test
    void shouldGiveTheResultOfTheNaiveCount() throws Exception {
        // When: it ends with a failure if the result is another one
        Path output = directory.resolve("output");
        Process bench = new ProcessBuilder("../ledger-bench", "flink", "--quick")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(bench.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as("it ended in %d minutes", PATIENCE_MINUTES)
                    .isTrue();
        } finally {
            bench.descendants().forEach(ProcessHandle::destroyForcibly);
            bench.destroyForcibly().waitFor();
        }

        // Then
        assertThat(output).content().contains("| flink | 1 | ");
        assertThat(bench.exitValue()).isZero();
    }
}
