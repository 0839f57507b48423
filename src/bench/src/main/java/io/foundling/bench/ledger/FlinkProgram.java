package io.foundling.bench.ledger;

import io.foundling.local.ChildProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The job on Flink, with jars of its own. */
final class FlinkProgram {

    /** Where the script says that the jars of the job are. */
    private static final String LIBRARIES = "foundling.bench.flink";

    private static final String MAIN = "io.foundling.bench.flink.FlinkLedger";

    /** What Flink's own scripts open on Java 17, as far as such a job needs it. */
    private static final List<String> OPENED = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private FlinkProgram() {}

    static ChildProgram of(Place place, LedgerPlan plan, List<String> options, String backend, long checkpointMs) {
        List<String> all = new ArrayList<>(options);
        all.addAll(OPENED);
        Path libraries =
                Path.of(System.getProperty(LIBRARIES, "flink/target/lib")).toAbsolutePath();
        return new ChildProgram(
                all,
                libraries + "/*",
                MAIN,
                List.of(
                        place.bootstrapServers(),
                        place.registryUrl(),
                        SourceTopic.NAME,
                        place.output(),
                        place.name(),
                        place.state().toString(),
                        backend,
                        Long.toString(checkpointMs),
                        Integer.toString(plan.threads())),
                LedgerContender.environment());
    }
}
