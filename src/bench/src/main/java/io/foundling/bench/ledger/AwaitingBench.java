package io.foundling.bench.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.bench.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Measures a service while many subjects await: how late warnings are, how long sweeps take, and how much memory it
 * needs; first with hardly any events, then under load.
 */
public final class AwaitingBench {

    private static final String USAGE = "usage: awaiting-bench [--subjects N] [--rate EVENTS-A-SECOND] [--quick]";
    private static final int ROCKSDB_MIB = 256;

    /** How much memory the service may have beyond its heap and RocksDB's. */
    private static final double BEYOND = 1.25;

    private static final String SWEEP = "foundling_sweep_seconds_";

    /** The load goes on while the last warnings are awaited. */
    private static final Duration BESIDE = Duration.ofSeconds(10);

    private final LedgerLab lab;
    private final int subjects;
    private final int rate;
    private final Duration time;

    /**
     * @param rate the load, in events a second
     * @param time how long each state is measured
     */
    AwaitingBench(LedgerLab lab, int subjects, int rate, Duration time) {
        this.lab = lab;
        this.subjects = subjects;
        this.rate = rate;
        this.time = time;
    }

    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(args));
        boolean quick = words.remove("--quick");
        int subjects;
        int rate;
        try {
            subjects = (int) LedgerPlan.number(words, "--subjects", quick ? 5_000 : 1_000_000);
            rate = (int) LedgerPlan.number(words, "--rate", quick ? 500 : 25_000);
            if (!words.isEmpty()) {
                throw new IllegalArgumentException("'" + words.get(0) + "' is no option.");
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + USAGE);
            System.exit(2);
            return;
        }
        Duration time = Duration.ofSeconds(quick ? 3 : 60);
        ServiceProcess.main(lab -> new AwaitingBench(lab, subjects, rate, time)
                .run(new Report(ServiceProcess.TARGET.resolve("awaiting.md"))));
    }

    void run(Report report) throws Exception {
        try (ServiceProcess service = new ServiceProcess(lab, subjects);
                SourceTopic.Writer writer = new SourceTopic.Writer(lab)) {
            service.start(subjects);
            report.paragraph(
                    "%,d subjects await, %d partitions; 20 warnings a second; how late a warning is, from deadline +"
                            + " allowedLag until it can be read, and how long the sweeps that found something took.",
                    subjects, LedgerLab.PARTITIONS);
            report.head("state", "warnings", "p50 ms", "p99 ms", "max ms", "sweeps", "mean sweep ms", "CPU %");
            measure("idle", service, writer, report);
            PacedLoad load = PacedLoad.start(writer, subjects, rate, time.plus(BESIDE));
            measure(String.format("%,d events/s", rate), service, writer, report);
            double written = load.end();
            report.endOfTable();
            report.paragraph("The load was %,.0f events/s.", written);
            report.paragraph(
                    "Resident memory at its peak: %.0f MiB; heap %d MiB + RocksDB %d MiB + 25 %% = %.0f MiB.",
                    service.peakMib(),
                    ServiceProcess.HEAP_MIB,
                    ROCKSDB_MIB,
                    (ServiceProcess.HEAP_MIB + ROCKSDB_MIB) * BEYOND);
        }
    }

    private void measure(String state, ServiceProcess service, Consumer<AuditEvent> sink, Report report)
            throws InterruptedException {
        double sweeps = service.metric(SWEEP + "count", "");
        double seconds = service.metric(SWEEP + "sum", "");
        Duration cpu = service.cpu();
        long begunNs = System.nanoTime();
        Histogram lateMs = new WarningLatency(service.place(), sink).measure(time);
        double found = service.metric(SWEEP + "count", "") - sweeps;
        report.row(
                state,
                lateMs.getTotalCount(),
                lateMs.getValueAtPercentile(50),
                lateMs.getValueAtPercentile(99),
                lateMs.getMaxValue(),
                (long) found,
                (service.metric(SWEEP + "sum", "") - seconds) * 1e3 / Math.max(1, found),
                100.0 * service.cpu().minus(cpu).toNanos() / (System.nanoTime() - begunNs));
    }
}
