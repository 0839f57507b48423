package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.examples.DoomedService.Printed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Services that use the same spool one after the other and are killed, and what their recorders have promised. */
final class DoomedServices {

    private static final int LEAST_LINES = 500;
    private static final int MOST_LINES = 3_000;
    private static final int NUMBERS_OF_ONE = 1_000_000;
    private static final long PACE_MICROS = 1_000;

    private final WrittenEvents events;
    private final Path spool;
    private final List<Printed> promised = new ArrayList<>();
    private int firstNumber = 1;

    DoomedServices(WrittenEvents events, Path spool) {
        this.events = events;
        this.spool = spool;
    }

    /** Describes a recorder that lets a call return when its event is on disk. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(events.settings("doomed"));
        settings.put("AUDIT_TOPIC", events.topic());
        settings.put("AUDIT_QUEUE_FULL", "SPILL");
        settings.put("AUDIT_SPOOL_DIRECTORY", spool.toString());
        settings.put("AUDIT_DURABLE", "true");
        settings.put("AUDIT_QUEUE_BLOCK_MS", "30000");
        return settings;
    }

    /**
     * Starts one that reports as fast as it can, and kills it at some moment. Everything that it printed is promised.
     */
    void killOne() throws IOException, InterruptedException {
        try (DoomedService service = start()) {
            killAtSomeMoment(service);
        }
    }

    /** As {@link #killOne()}, after something has happened while events of it arrived. */
    void killOneAfter(Runnable mishap) throws IOException, InterruptedException {
        try (DoomedService service = start()) {
            await().atMost(DoomedService.LIMIT).until(() -> !events.bySubject().isEmpty());
            mishap.run();
            killAtSomeMoment(service);
        }
    }

    /** Kills one as soon as it reports, while it sends what an earlier one has left. */
    void killOneEarly() throws IOException, InterruptedException {
        try (DoomedService service = start()) {
            service.awaitLines(1);
            promised.addAll(service.kill());
        }
    }

    /** As {@link #killOne()}, with a disk that is forced now and then; promised is only what is as old as that. */
    void killOneForcing(Duration flushInterval, Duration promiseAge) throws IOException, InterruptedException {
        Map<String, String> relaxed = settings();
        relaxed.put("AUDIT_DURABLE_FLUSH_MS", Long.toString(flushInterval.toMillis()));
        try (DoomedService service = start(relaxed, PACE_MICROS)) {
            service.awaitLines(ThreadLocalRandom.current().nextInt(LEAST_LINES, MOST_LINES));
            service.awaitAge(promiseAge);
            long promisedUntilMs = System.currentTimeMillis() - promiseAge.toMillis();
            service.kill().stream()
                    .filter(printed -> printed.atMs() < promisedUntilMs)
                    .forEach(promised::add);
        }
    }

    /** Starts one that its caller closes. */
    DoomedService start() throws IOException {
        return start(settings(), 0);
    }

    /** Lets a last service send what the others have left. */
    void emptySpool() {
        ExampleRun run = ExampleRun.javaOfTests(SpoolingService.class, settings());
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.output()).singleElement().asString().endsWith(" 0 lost, 0 bytes left");
    }

    void requireWritten(String situation) {
        assertThat(promised).hasSizeGreaterThanOrEqualTo(LEAST_LINES);
        DeliveredEvents delivered = DeliveredEvents.of(events.bySubject());
        System.out.printf(
                "killed %s: %d printed and old enough, %d of them arrived, %d in the topic and %d copies%n",
                situation,
                promised.size(),
                promised.size() - delivered.missing(promised).size(),
                delivered.events(),
                delivered.copies());
        assertThat(delivered.missing(promised).stream().limit(10)).isEmpty();
        delivered.requireOnceInOrder();
    }

    private void killAtSomeMoment(DoomedService service) throws InterruptedException {
        service.awaitMoreLines(ThreadLocalRandom.current().nextInt(LEAST_LINES, MOST_LINES));
        promised.addAll(service.kill());
    }

    private DoomedService start(Map<String, String> settings, long paceMicros) throws IOException {
        DoomedService service = new DoomedService(settings, firstNumber, paceMicros);
        firstNumber += NUMBERS_OF_ONE;
        return service;
    }
}
