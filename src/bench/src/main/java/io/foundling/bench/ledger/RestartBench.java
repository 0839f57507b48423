package io.foundling.bench.ledger;

import io.foundling.bench.Report;
import io.foundling.local.ChildJvm;
import io.foundling.local.DirectoryTree;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Measures how long the service takes until it is ready again, when many subjects await: after SIGTERM, after a kill,
 * and after a kill with an empty disk. The time is from the start of the process to the first 200 of {@code /readyz};
 * then every subject must be counted as awaiting.
 */
public final class RestartBench {

    private static final Path TARGET = Path.of("target");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int DEFERRED = 1_000_000;
    private static final int QUICK = 5_000;
    private static final String AWAITING = "foundling_subjects{";

    private final LedgerLab lab;
    private final Place place;
    private final int subjects;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private ChildJvm process;

    RestartBench(LedgerLab lab, int subjects, int port) {
        this.lab = lab;
        this.place = Place.of(lab, LedgerContender.FOUNDLING, 1);
        this.subjects = subjects;
        this.port = port;
    }

    /** {@code restart-bench [--quick]}. */
    public static void main(String[] args) throws Exception {
        if (args.length > 1 || args.length == 1 && !args[0].equals("--quick")) {
            System.err.println("usage: restart-bench [--quick]");
            System.exit(2);
        }
        Files.createDirectories(TARGET);
        try (LedgerLab lab = LedgerLab.start(TARGET)) {
            new RestartBench(lab, args.length == 1 ? QUICK : DEFERRED, freePort())
                    .run(new Report(TARGET.resolve("restart.md")));
            System.exit(0);
        } catch (BenchFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void run(Report report) throws Exception {
        LedgerPlan plan = LedgerPlan.parse(new String[] {"foundling", "--events", Integer.toString(subjects)});
        SourceTopic.write(lab, sink -> LedgerLoad.deferred(plan, sink));
        Files.createDirectories(place.directory());
        try (ChildJvm apply = ChildJvm.start(place.directory(), place.log(), FoundlingProgram.applyTopics(place))) {
            if (apply.awaitExit(Duration.ofMinutes(2)) != 0) {
                throw new BenchFailure("The topics cannot be created: " + Files.readString(place.log()));
            }
        }
        try {
            report.paragraph("%,d subjects await, %d partitions; seconds to ready:", subjects, LedgerLab.PARTITIONS);
            report.paragraph("- first start, with all events to read: %.1f", start());
            end(true);
            report.paragraph("- after SIGTERM: %.1f", start());
            end(false);
            report.paragraph("- after a kill: %.1f", start());
            end(false);
            DirectoryTree.delete(place.state());
            report.paragraph("- after a kill, with an empty disk: %.1f", start());
        } finally {
            if (process != null) {
                process.close();
            }
        }
    }

    /** Returns after how many seconds it was ready. */
    private double start() throws Exception {
        long begunNs = System.nanoTime();
        process =
                ChildJvm.start(place.directory(), place.log(), FoundlingProgram.serve(place, List.of("-Xmx1g"), port));
        Patience patience = Patience.of(PATIENCE);
        while (!get("/readyz").startsWith("200")) {
            if (!process.isAlive() || patience.isOver()) {
                throw new BenchFailure("It does not get ready: " + Files.readString(place.log()));
            }
            patience.pause();
        }
        double seconds = (System.nanoTime() - begunNs) / 1e9;
        awaitCounted(patience);
        return seconds;
    }

    private void awaitCounted(Patience patience) throws Exception {
        long counted = -1;
        while (counted != subjects) {
            if (patience.isOver()) {
                throw new BenchFailure(counted + " subjects await, expected " + subjects + ".");
            }
            patience.pause();
            counted = get("/metrics")
                    .lines()
                    .filter(line -> line.startsWith(AWAITING) && line.contains("bucket=\"awaiting\""))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    private void end(boolean gently) {
        ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
        boolean ignored = gently ? handle.destroy() : handle.destroyForcibly();
        process.awaitExit(Duration.ofMinutes(1));
        process.close();
    }

    /** Returns status and body, or a dash while nobody answers. */
    private String get(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + "\n" + answer.body();
        } catch (IOException notYet) {
            return "-";
        }
    }
}
