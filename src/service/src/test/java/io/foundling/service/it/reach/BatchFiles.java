package io.foundling.service.it.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import io.foundling.service.Page;
import io.foundling.service.it.rig.FoundlingProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The files of a batch of OpenAI, and {@code foundling replay} as the page of the mappings calls it. The files are the
 * samples of the ready mapping, but with answers of today.
 */
record BatchFiles(LocalStack stack, Path directory, Path config) {

    static final String BATCH = "batch_abc123";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path SAMPLES = Page.ROOT.resolve("deploy/examples/mappings");
    private static final Pattern CREATED = Pattern.compile("\"created\":\\d+");

    static String subject(String request) {
        return "record/openai/request/" + BATCH + "%2F" + request;
    }

    /**
     * Starts to read one of the samples.
     *
     * @param name input, output or errors
     * @param at when the batch was created, or had ended
     */
    FoundlingProcess reading(String name, Instant at) throws IOException {
        return reading(name, Files.readString(SAMPLES.resolve("openai-batch-" + name + ".jsonl")), at);
    }

    /** Starts to read a further file of results, with the answer to one request. */
    FoundlingProcess readingLate(String request, Instant at) throws IOException {
        String line =
                Files.readAllLines(SAMPLES.resolve("openai-batch-output.jsonl")).get(0);
        return reading("late", line.replace("ticket-1001", request) + "\n", at);
    }

    private FoundlingProcess reading(String name, String lines, Instant at) throws IOException {
        Path file = Files.writeString(
                directory.resolve(name + ".jsonl"),
                CREATED.matcher(lines).replaceAll("\"created\":" + at.getEpochSecond()));
        return stack.closeFirst(FoundlingProcess.start(
                directory.resolve(name + ".log"),
                Map.of(
                        "kafka.bootstrap.servers", stack.bootstrapServers(),
                        "avro.schema.registry.url", stack.registryUrl()),
                List.of(
                        "replay",
                        "--config",
                        config.toString(),
                        "--mapping",
                        SAMPLES.resolve("openai-batch.mapping.yaml").toString(),
                        "--input",
                        file.toString(),
                        "--header",
                        "batch=" + BATCH,
                        "--timestamp",
                        at.toString())));
    }

    static void awaitSent(FoundlingProcess replay, int events) {
        assertThat(replay.awaitExit(PATIENCE)).as(replay.log()).isZero();
        assertThat(replay.log()).contains("events sent " + events + " (", "skipped 0, failed 0");
    }
}
