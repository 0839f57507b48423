package io.foundling.bench.ledger;

import io.foundling.bench.Report;
import io.foundling.local.DirectoryTree;

/**
 * Measures how long the service takes until it is ready again, when many subjects await: after SIGTERM, after a kill,
 * and after a kill with an empty disk. The time is from the start of the process to the first 200 of {@code /readyz};
 * then every subject must be counted as awaiting.
 */
public final class RestartBench {

    private static final int DEFERRED = 1_000_000;
    private static final int QUICK = 5_000;

    private RestartBench() {}

    /** {@code restart-bench [--quick]}. */
    public static void main(String[] args) throws Exception {
        if (args.length > 1 || args.length == 1 && !args[0].equals("--quick")) {
            System.err.println("usage: restart-bench [--quick]");
            System.exit(2);
        }
        int subjects = args.length == 1 ? QUICK : DEFERRED;
        ServiceProcess.main(lab -> run(lab, subjects, new Report(ServiceProcess.TARGET.resolve("restart.md"))));
    }

    static void run(LedgerLab lab, int subjects, Report report) throws Exception {
        try (ServiceProcess service = new ServiceProcess(lab, subjects)) {
            report.paragraph("%,d subjects await, %d partitions; seconds to ready:", subjects, LedgerLab.PARTITIONS);
            report.paragraph("- first start, with all events to read: %.1f", service.start(subjects));
            service.end(ProcessHandle::destroy);
            report.paragraph("- after SIGTERM: %.1f", service.start(subjects));
            service.end(ProcessHandle::destroyForcibly);
            report.paragraph("- after a kill: %.1f", service.start(subjects));
            service.end(ProcessHandle::destroyForcibly);
            DirectoryTree.delete(service.place().state());
            report.paragraph("- after a kill, with an empty disk: %.1f", service.start(subjects));
        }
    }
}
