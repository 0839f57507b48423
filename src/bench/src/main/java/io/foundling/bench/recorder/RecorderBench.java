package io.foundling.bench.recorder;

import io.foundling.bench.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code RecorderBench [latency|frozen|throughput|callers|idle|all] [--quick]}; tables go to stdout and to {@code target}.
 */
public final class RecorderBench {

    private static final Path TARGET = Path.of("target");
    private static final List<String> RUNS = List.of("latency", "frozen", "throughput", "callers", "idle");

    private RecorderBench() {}

    public static void main(String[] args) throws IOException {
        List<String> asked = new ArrayList<>(Arrays.asList(args));
        boolean quick = asked.remove("--quick");
        List<String> runs = asked.isEmpty() || asked.equals(List.of("all")) ? RUNS : asked;
        if (!RUNS.containsAll(runs)) {
            System.err.println("usage: RecorderBench [latency|frozen|throughput|callers|idle|all] [--quick]");
            System.exit(2);
        }
        Files.createDirectories(TARGET);
        Plan plan = quick ? Plan.quick() : Plan.full();
        runs.forEach(run -> run(run, plan, quick));
        // Threads of a recorder that could not be closed must not keep this JVM alive.
        System.exit(0);
    }

    private static void run(String run, Plan plan, boolean quick) {
        try (Lab lab = new Lab(TARGET, plan)) {
            Report report = new Report(TARGET.resolve("recorder-" + run + ".md"));
            report.paragraph("## Recorder: %s%s", run, quick ? " (quick: the figures mean nothing)" : "");
            report.paragraph("%s", Setting.describe(lab));
            switch (run) {
                case "latency" -> new LatencyRun(lab, plan, report).run();
                case "frozen" -> new FrozenRun(lab, plan, report).run();
                case "throughput" -> ThroughputRun.ofKinds(lab, plan, report).run();
                case "callers" -> ThroughputRun.ofCallers(lab, plan, report).run();
                default -> new IdleRun(lab, plan, report).run();
            }
        }
    }
}
