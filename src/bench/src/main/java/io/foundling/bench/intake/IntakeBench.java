package io.foundling.bench.intake;

import io.foundling.bench.Report;
import io.foundling.local.ChildProgram;
import io.foundling.local.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Counts the events that become durable in a second, reported over HTTP to an intake with one core of its own, and sent by a
 * plain producer with that core. Callers, broker and registry have the other cores.
 */
public final class IntakeBench {

    private static final String USAGE = "usage: intake-bench [--quick]";
    private static final String TOPIC = "audit.events";
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final Pattern ANSWERS = Pattern.compile("intake answers at (http://\\S+)");
    private static final Pattern SENT = Pattern.compile("sent (\\d+ [0-9.]+ [0-9.]+) end");

    /** The threads that serve many callers leave the compiler little of a single core, so it needs longer. */
    private static final int WARM_UP_OF_MANY = 12;

    private final LocalStack stack;
    private final Path directory;
    private final Duration warmUp;
    private final Duration time;
    private final Report report;

    private IntakeBench(LocalStack stack, Path directory, Duration warmUp, Duration time, Report report) {
        this.stack = stack;
        this.directory = directory;
        this.warmUp = warmUp;
        this.time = time;
        this.report = report;
    }

    public static void main(String[] args) throws Exception {
        boolean isQuick = Arrays.equals(args, new String[] {"--quick"});
        if (args.length > 0 && !isQuick) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        try (LocalStack stack = LocalStack.startTemporary()) {
            Path directory = Files.createTempDirectory(target, "intake-");
            new IntakeBench(
                            stack,
                            directory,
                            Duration.ofSeconds(isQuick ? 2 : 10),
                            Duration.ofSeconds(isQuick ? 3 : 20),
                            new Report(target.resolve("intake.md")))
                    .run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 6, (short) 1))).all().get();
        }
        report.head(
                "way",
                "callers",
                "events a request",
                "events/s",
                "CPU, µs an event",
                "p50, ms",
                "p99, ms",
                "not accepted");
        producer();
        for (String durability : List.of("BROKER", "SPOOL")) {
            intake(durability, 64, 1, warmUp.multipliedBy(WARM_UP_OF_MANY));
            intake(durability, 8, 100, warmUp);
            intake(durability, 2, 5_000, warmUp);
        }
        report.endOfTable();
    }

    private void producer() throws Exception {
        List<String> arguments = List.of(
                stack.bootstrapServers(),
                stack.registryUrl(),
                TOPIC,
                Long.toString(warmUp.toSeconds()),
                Long.toString(time.toSeconds()));
        ChildProgram program = new ChildProgram(
                JVM, System.getProperty("java.class.path"), PlainProducer.class.getName(), arguments, Map.of());
        try (PinnedProcess process = PinnedProcess.start(directory, "producer", program)) {
            String[] figures = process.await(SENT).split(" ");
            double sent = Double.parseDouble(figures[0]);
            report.row(
                    "plain producer",
                    1,
                    "",
                    rate(sent / Double.parseDouble(figures[1])),
                    micros(Double.parseDouble(figures[2]) / sent),
                    "",
                    "",
                    0);
        }
    }

    private void intake(String durability, int count, int events, Duration before) throws Exception {
        String name = durability + "-" + events;
        try (PinnedProcess process = PinnedProcess.start(directory, name, program(durability, name))) {
            URI address = URI.create(process.await(ANSWERS) + "/api/v1/events");
            Callers callers = new Callers(address, count, events);
            double[] cpuSeconds = new double[2];
            callers.run(
                    before,
                    time,
                    () -> cpuSeconds[0] = seconds(process.cpu()),
                    () -> cpuSeconds[1] = seconds(process.cpu()));
            long accepted = callers.accepted();
            report.row(
                    "intake, " + durability,
                    count,
                    events,
                    rate(accepted / seconds(time)),
                    micros((cpuSeconds[1] - cpuSeconds[0]) / Math.max(1, accepted)),
                    String.format("%.1f", callers.millis(50)),
                    String.format("%.1f", callers.millis(99)),
                    callers.refused());
        }
    }

    private ChildProgram program(String durability, String name) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".yaml"), """
                kafka: {bootstrap.servers: "%s"}
                avro: {schema.registry.url: "%s"}
                http: {host: 127.0.0.1, port: 0}
                console: {port: 0}
                intake: {durability: %s, spoolDirectory: "%s"}
                """.formatted(
                        stack.bootstrapServers(), stack.registryUrl(), durability, directory.resolve(name + "-spool")));
        Path libraries = Path.of(System.getProperty("foundling.bench.service", "../service/target/lib"))
                .toAbsolutePath();
        return new ChildProgram(
                JVM,
                libraries + "/*",
                "io.foundling.service.command.Foundling",
                List.of("intake", "--config", file.toString()),
                Map.of());
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static String rate(double events) {
        return String.format("%,.0f", events);
    }

    private static String micros(double seconds) {
        return String.format("%.0f", seconds * 1e6);
    }
}
