package io.foundling.service.runtime;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;

/**
 * Whether a Streams client is worth keeping (alive) and does its work (ready). Asks no broker. Any thread.
 *
 * @param threads how many stream threads there should be
 */
public record StreamsHealth(KafkaStreams client, int threads) {

    public List<String> livenessProblems() {
        KafkaStreams.State state = client.state();
        if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
            return List.of("Kafka Streams is " + state + ", expected RUNNING; see the log");
        }
        return aliveThreads() == 0 ? List.of("no stream thread is alive, expected " + threads) : List.of();
    }

    /** Returns the problems of liveness, too. */
    public List<String> readinessProblems() {
        List<String> problems = new ArrayList<>(livenessProblems());
        if (client.state() != KafkaStreams.State.RUNNING) {
            problems.add("Kafka Streams is " + client.state() + ", expected RUNNING");
        }
        long running = runningThreads();
        if (running < threads) {
            problems.add(running + " stream threads are running, expected " + threads
                    + ": one was replaced, restores its state, or waits to join its group");
        }
        return problems;
    }

    /**
     * Counts threads that have tasks. Kafka Streams as a whole may be RUNNING while one of them has not joined its
     * group.
     */
    private long runningThreads() {
        return client.metadataForLocalThreads().stream()
                .filter(thread -> thread.threadState().equals("RUNNING"))
                .count();
    }

    private long aliveThreads() {
        return client.metadataForLocalThreads().stream()
                .map(ThreadMetadata::threadState)
                .filter(state -> !state.equals("DEAD") && !state.equals("PENDING_SHUTDOWN"))
                .count();
    }
}
