package io.foundling.bench.recorder;

import io.foundling.bench.Report;
import java.util.List;

/** Measures the first calls of a service that starts while no broker can be reached. */
final class ColdStart {

    private final Lab lab;
    private final Report report;

    ColdStart(Lab lab, Report report) {
        this.lab = lab;
        this.report = report;
    }

    void run() {
        report.paragraph("Cold start without a broker, milliseconds:");
        report.head("contender", "making it", "first call", "second call");
        List.of(Kind.PRODUCER, Kind.ROOM, Kind.SPILL).forEach(this::row);
        report.endOfTable();
    }

    private void row(Kind kind) {
        long begin = System.nanoTime();
        try (Contender contender = kind.open(lab.siteWithoutBroker())) {
            report.row(kind.label(), since(begin), call(contender, 0), call(contender, 1));
        }
    }

    private static double call(Contender contender, long n) {
        long begin = System.nanoTime();
        contender.call(n, Workload.subject(n));
        return since(begin);
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }
}
