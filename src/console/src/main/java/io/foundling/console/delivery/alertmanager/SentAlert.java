package io.foundling.console.delivery.alertmanager;

import io.foundling.console.delivery.AlertTexts;
import io.foundling.console.delivery.Notification;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One alert as Alertmanager knows it. Its labels are its identity there.
 *
 * @param key the key that the ledger knows it by
 * @param endsAt none while it fires
 */
record SentAlert(
        String key,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant startsAt,
        Optional<Instant> endsAt) {

    static SentAlert of(Notification alert) {
        return new SentAlert(
                alert.key(), alert.labels(), AlertTexts.annotations(alert), alert.startsAt(), alert.endsAt());
    }

    SentAlert labelled(Map<String, String> others) {
        return new SentAlert(key, others, annotations, startsAt, endsAt);
    }

    /** Returns this alert with an end, which Alertmanager wants not to be before the start, by whatever clocks. */
    SentAlert ended(Instant at) {
        return new SentAlert(key, labels, annotations, startsAt, Optional.of(at.isBefore(startsAt) ? startsAt : at));
    }
}
