package io.foundling.bench.ledger;

import io.foundling.bench.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The command {@code ledger-bench}: tables go to stdout and to {@code target/ledger.md}. */
public final class LedgerBench {

    private static final Path TARGET = Path.of("target");

    private LedgerBench() {}

    public static void main(String[] args) throws Exception {
        LedgerPlan plan;
        try {
            plan = LedgerPlan.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + LedgerPlan.USAGE);
            System.exit(2);
            return;
        }
        Files.createDirectories(TARGET);
        try {
            run(plan, new Report(TARGET.resolve("ledger.md")));
            System.exit(0);
        } catch (BenchFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(LedgerPlan plan, Report report) throws Exception {
        try (LedgerLab lab = LedgerLab.start(TARGET)) {
            Instant begun = Instant.now();
            NaiveCount count = SourceTopic.write(lab, plan);
            Instant loaded = Instant.now();
            System.err.printf(
                    "the load was written in %d s%n",
                    Duration.between(begun, loaded).toSeconds());
            OutputGuard guard = new OutputGuard(lab, count);
            report.paragraph("%s", description(lab, plan, count));
            Map<LedgerContender, List<LedgerFigures>> figures = new EnumMap<>(LedgerContender.class);
            for (int round = 1; round <= plan.rounds(); round++) {
                for (LedgerContender contender : plan.contenders()) {
                    if (plan.runs(contender, round)) {
                        System.err.printf("round %d: %s%n", round, contender.label());
                        figures.computeIfAbsent(contender, none -> new ArrayList<>())
                                .add(new ContenderRun(lab, plan, contender, round).run(loaded, guard));
                    }
                }
            }
            LedgerTable table = new LedgerTable(figures);
            table.addTo(report);
            table.addRatios(report, LedgerContender.FLINK);
            table.addRatios(report, LedgerContender.PASS_THROUGH);
        }
    }

    private static String description(LedgerLab lab, LedgerPlan plan, NaiveCount count) {
        Written load = new TopicReader(lab.bootstrapServers())
                .count(Map.of(), new Offsets(lab.admin()).ends(SourceTopic.NAME::equals), SourceTopic.NAME::equals);
        long orphans =
                count.states().values().stream().filter(LastState::isOrphan).count();
        return String.format(
                "%,d events of %d bytes (key and value) about %,d subjects, of which %,d are lost%s; %d partitions, %d"
                        + " processors, Java %s. Figures are of the second half of the events, CPU in seconds for a"
                        + " million events, the rest for one event; min / median / max.",
                load.records(),
                load.bytes() / load.records(),
                count.states().size(),
                orphans,
                plan.batches() ? ", in batches of 500 that close" : "",
                LedgerLab.PARTITIONS,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
    }
}
