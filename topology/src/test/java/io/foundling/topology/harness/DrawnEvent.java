package io.foundling.topology.harness;

import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One event that a random test drew: as it is sent, the fact that it is for a naive model, and when it is appended. */
public record DrawnEvent(String subjectKey, Events event, Fact fact, Instant appendedAt) {

    /** Returns an event of a fact, without anything but the id of its subject. */
    public static Events of(FactType type, String id) {
        return switch (type) {
            case DECLARED -> Events.declared(id);
            case EXPECTED -> Events.expected(id);
            case OPENED -> Events.opened(id);
            case DEFERRED -> Events.deferred(id);
            case PENDING -> Events.pending(id);
            case RETRYING -> Events.retrying(id);
            case COMPLETED -> Events.completed(id);
            case FAILED -> Events.failed(id);
            case SKIPPED -> Events.skipped(id);
            case CANCELLED -> Events.cancelled(id);
            case RETIRED -> Events.retired(id);
            case EXTENDED -> throw new IllegalArgumentException("not drawn");
        };
    }

    /** Sends all events in any order, some of them twice, while clocks go on and tasks restart. */
    public static void sendShuffled(PartitionedHarness ledger, List<DrawnEvent> drawn, Random random) {
        List<DrawnEvent> order = new ArrayList<>(drawn);
        Collections.shuffle(order, random);
        for (DrawnEvent each : order) {
            ledger.send(each.event(), each.appendedAt());
            switch (random.nextInt(6)) {
                case 0 -> ledger.bothReach(ledger.now().plusSeconds(random.nextInt(100)));
                case 1 -> ledger.sweep();
                case 2 -> ledger.restartAll();
                case 3 -> ledger.send(each.event(), each.appendedAt());
                default -> {}
            }
        }
    }
}
