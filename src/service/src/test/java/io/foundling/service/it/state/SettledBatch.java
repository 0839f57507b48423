package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.Settlement;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.BatchEvents;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.names.TopicNames;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** A batch of three of which one is missing when it is settled, and comes back after something was done to the ledger. */
final class SettledBatch {

    private static final int MEMBERS = 3;

    private final BatchEvents batch = new BatchEvents("2026-11-20");
    private final EventFeed feed;
    private final Output<Settlement> settlements;
    private final Output<Alert> alerts;

    SettledBatch(LocalStack stack) {
        feed = stack.closeFirst(EventFeed.into(stack));
        settlements = stack.closeFirst(new Output<>(stack, TopicNames.SETTLEMENTS, Settlement.class));
        alerts = stack.closeFirst(new Output<>(stack, TopicNames.ALERTS, Alert.class));
    }

    /** Returns the same batch on another cluster. */
    SettledBatch on(LocalStack another) {
        return new SettledBatch(another);
    }

    void settleWithOneMissing() {
        Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        feed.send(TopicNames.EVENTS, batch.submitted(began, MEMBERS));
        for (int member = 1; member <= MEMBERS; member++) {
            feed.send(TopicNames.EVENTS, batch.deferred(member, began));
        }
        feed.send(TopicNames.EVENTS, batch.returned(1, began.plusMillis(1)));
        feed.send(TopicNames.EVENTS, batch.returned(2, began.plusMillis(1)));
        feed.send(TopicNames.EVENTS, batch.closed(began.plusMillis(2)));
        settlements.awaitLast(batch.settlementKey(1), found -> found.getOrphaned() == 1);
        awaitAlert(AlertStatus.FIRING);
    }

    void assertSettledOnce() {
        assertThat(settlements.of(batch.settlementKey(1))).hasSize(1);
    }

    /** Lets the third member return, and waits until the settlement is corrected. */
    void returnTheMissing() {
        feed.send(TopicNames.EVENTS, batch.returned(MEMBERS, Instant.now()));
        Settlement corrected = settlements.awaitLast(batch.settlementKey(1), found -> found.getOrphaned() == 0);
        assertThat(corrected.getReturned()).isEqualTo(Map.of("COMPLETED", (long) MEMBERS));
        assertThat(corrected.getMissing()).isEmpty();
    }

    void awaitAlert(AlertStatus status) {
        alerts.awaitLast(batch.alertKey(1), found -> found.getStatus() == status);
    }
}
