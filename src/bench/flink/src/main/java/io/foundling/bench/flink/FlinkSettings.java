package io.foundling.bench.flink;

import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;

/** Flink's settings, as its documentation advises for large state: RocksDB, incremental checkpoints, reused objects. */
final class FlinkSettings {

    private FlinkSettings() {}

    static Configuration of(String directory, String backend, long checkpointMs) {
        Path below = Path.of(directory).toAbsolutePath();
        Configuration config = new Configuration();
        config.setString("state.backend.type", backend);
        config.setString("execution.checkpointing.interval", checkpointMs + " ms");
        config.setString("execution.checkpointing.mode", "EXACTLY_ONCE");
        config.setString("execution.checkpointing.incremental", "true");
        config.setString(
                "execution.checkpointing.dir",
                below.resolve("checkpoints").toUri().toString());
        config.setString(
                "state.backend.rocksdb.localdir", below.resolve("rocksdb").toString());
        config.setString("io.tmp.dirs", below.toString());
        // A failure is the end of a measurement.
        config.setString("restart-strategy.type", "none");
        // The look for what is due, as often as that of the other contenders.
        config.setString("pipeline.auto-watermark-interval", "1 s");
        config.setString("pipeline.object-reuse", "true");
        config.setString("pipeline.generic-types", "false");
        // As much as the other contenders have for their stores.
        config.setString("taskmanager.memory.managed.size", "256m");
        config.setString("rest.address", "127.0.0.1");
        config.setString("rest.bind-address", "127.0.0.1");
        config.setString("rest.bind-port", "0");
        return config;
    }
}
