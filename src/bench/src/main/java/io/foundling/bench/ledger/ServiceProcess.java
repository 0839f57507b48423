package io.foundling.bench.ledger;

import io.foundling.local.ChildJvm;
import io.foundling.local.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** The service, started and ended as an operator does, and asked over HTTP. Its state and topics outlive a process. */
final class ServiceProcess implements AutoCloseable {

    static final Path TARGET = Path.of("target");

    /** The maximum heap; the other contenders have the same. */
    static final int HEAP_MIB = 1_024;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final String SUBJECTS = "foundling_subjects{";

    private final Place place;
    private final int port = FreePorts.freePort();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private ChildJvm process;

    /** Writes so many events that defer a record each, and creates the topics of a service that reads them. */
    ServiceProcess(LedgerLab lab, int subjects) throws IOException, ExecutionException, InterruptedException {
        place = Place.of(lab, LedgerContender.FOUNDLING, 1);
        SourceTopic.write(lab, sink -> LedgerLoad.deferred(LedgerPlan.of(subjects), sink));
        Files.createDirectories(place.directory());
        try (ChildJvm apply = ChildJvm.start(place.directory(), place.log(), FoundlingProgram.applyTopics(place))) {
            if (apply.awaitExit(Duration.ofMinutes(2)) != 0) {
                throw new BenchFailure("The topics cannot be created: " + Files.readString(place.log()));
            }
        }
    }

    /** Runs a command of this module that measures a service, and ends this process with its exit code. */
    static void main(Measurement measurement) throws Exception {
        Files.createDirectories(TARGET);
        int exitCode = 0;
        try (LedgerLab lab = LedgerLab.start(TARGET)) {
            measurement.run(lab);
        } catch (BenchFailure e) {
            System.err.println(e.getMessage());
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    /** What is measured on a broker of its own. */
    interface Measurement {

        void run(LedgerLab lab) throws Exception;
    }

    Place place() {
        return place;
    }

    /**
     * Starts the service, and waits until it is ready and counts all subjects as awaiting.
     *
     * @return the seconds from the start to the first 200 of {@code /readyz}
     */
    double start(int subjects) throws Exception {
        long begunNs = System.nanoTime();
        process = ChildJvm.start(
                place.directory(),
                place.log(),
                FoundlingProgram.serve(place, List.of("-Xmx" + HEAP_MIB + "m", LedgerContender.COLLECTOR), port));
        Patience patience = Patience.of(PATIENCE);
        while (!get("/readyz").startsWith("200")) {
            if (!process.isAlive() || patience.isOver()) {
                throw new BenchFailure("It does not get ready: " + Files.readString(place.log()));
            }
            patience.pause();
        }
        double seconds = (System.nanoTime() - begunNs) / 1e9;
        long counted = -1;
        while (counted != subjects) {
            if (patience.isOver()) {
                throw new BenchFailure(counted + " subjects await, expected " + subjects + ".");
            }
            patience.pause();
            counted = (long) metric(SUBJECTS, "bucket=\"awaiting\"");
        }
        return seconds;
    }

    /**
     * Returns the sum of the series of which a line begins and goes on like that; zero if there is none.
     *
     * @throws BenchFailure if the service does not answer in time
     */
    double metric(String begin, String part) throws InterruptedException {
        Patience patience = Patience.of(ANSWER);
        String metrics = get("/metrics");
        while (!metrics.startsWith("200")) {
            if (patience.isOver()) {
                throw new BenchFailure("The service does not answer on /metrics.");
            }
            patience.pause();
            metrics = get("/metrics");
        }
        return metrics.lines()
                .filter(line -> line.startsWith(begin) && line.contains(part))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    double peakMib() {
        return ProcessCpu.peakMib(process.pid());
    }

    Duration cpu() {
        return ProcessCpu.of(process.pid());
    }

    void end(Consumer<ProcessHandle> signal) {
        signal.accept(ProcessHandle.of(process.pid()).orElseThrow());
        process.awaitExit(Duration.ofMinutes(1));
        process.close();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
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
