package io.foundling.bench.recorder;

import io.foundling.bench.Report;
import io.foundling.client.AuditRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures the cost of idle recorders, as in many small services or in many tests in one JVM. */
final class IdleRun {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Lab lab;
    private final Plan plan;
    private final Report report;

    IdleRun(Lab lab, Plan plan, Report report) {
        this.lab = lab;
        this.plan = plan;
        this.report = report;
    }

    void run() {
        Site site = lab.site(lab.broker(Duration.ZERO));
        report.paragraph(
                "CPU time of the process within %d s in which nobody calls.",
                plan.idle().length().toSeconds());
        report.head("recorders", "CPU ms", "threads", "heap MiB");
        row("none");
        List<AuditRecorder> recorders = new ArrayList<>();
        try {
            for (int i = 0; i < plan.idle().count(); i++) {
                recorders.add(site.recorder().build());
            }
            row(plan.idle().count() + " that never recorded");
            for (int i = 0; i < plan.idle().count(); i++) {
                Workload.report(recorders.get(i), i, Workload.subject(i));
            }
            recorders.forEach(recorder -> recorder.flush(PATIENCE));
            row(plan.idle().count() + " that recorded one event each");
        } finally {
            recorders.forEach(recorder -> recorder.close(Duration.ofSeconds(1)));
        }
        report.endOfTable();
    }

    private void row(String label) {
        System.gc();
        sleep(plan.idle().length().dividedBy(2));
        Duration before = ProcessFigures.cpu();
        sleep(plan.idle().length());
        Duration used = ProcessFigures.cpu().minus(before);
        System.gc();
        report.row(label, used.toNanos() / 1e6, ProcessFigures.threads(), ProcessFigures.heapMib());
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
