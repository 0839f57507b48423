package io.foundling.service.runtime;

import io.foundling.schemas.registry.RegistryClient;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.clock.ClockPause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Decides whether the process is worth keeping (alive) and does its work (ready). Alive never depends on the broker, as
 * a restart does not bring a broker back.
 */
final class Health {

    /**
     * How far an audit clock may be behind while the service is ready. It is fixed, and shorter than the default of
     * alerts.clockStands: a deployment waits for readiness now, an alert reaches people later. For the same reason a
     * task whose clock has no proof yet is not ready at once, while its alert waits for the limit.
     */
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final int threads;
    private final ClockPause pause;
    private final AuditClocks clocks;
    private final RegistryClient registry;
    private final BrokerAbsence absence;
    private final InstantSource wallClock;
    private volatile KafkaStreams streams;
    private volatile String waitingFor = "starting";

    Health(
            int threads,
            Duration allowedLag,
            AuditClocks clocks,
            RegistryClient registry,
            BrokerAbsence absence,
            InstantSource wallClock) {
        this.threads = threads;
        pause = new ClockPause(allowedLag, READY_WITHIN);
        this.clocks = clocks;
        this.registry = registry;
        this.absence = absence;
        this.wallClock = wallClock;
    }

    /** Notes what the start is waiting for. */
    void waitsFor(String what) {
        waitingFor = what;
    }

    /** Lets the state of a Streams client decide from here on. */
    void runs(KafkaStreams client) {
        streams = client;
    }

    List<String> livenessProblems() {
        KafkaStreams client = streams;
        if (client == null) {
            return List.of();
        }
        return new StreamsHealth(client, threads).livenessProblems();
    }

    List<String> readinessProblems() {
        KafkaStreams client = streams;
        if (client == null) {
            return List.of(waitingFor);
        }
        List<String> problems = new ArrayList<>(new StreamsHealth(client, threads).readinessProblems());
        if (registry.waiting()) {
            problems.add("the schema registry does not answer and a thread waits for it");
        }
        absence.readinessProblem().ifPresent(problems::add);
        clocks.readings().forEach((task, clockMs) -> checkClock(task, clockMs, problems));
        return problems;
    }

    private void checkClock(String task, long clockMs, List<String> problems) {
        if (clockMs == AuditClock.UNSET) {
            problems.add("task " + task + " has not yet read everything that its topics held at its start");
            return;
        }
        long wallMs = wallClock.millis();
        if (pause.isPaused(clockMs, wallMs)) {
            problems.add("the audit clock of task " + task + " is " + pause.behindMs(clockMs, wallMs)
                    + " ms behind, expected at most " + READY_WITHIN.toMillis()
                    + ": a backlog, an open transaction, or the broker does not answer");
        }
    }
}
