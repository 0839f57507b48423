package io.foundling.topology.alert;

import io.foundling.topology.account.Total;
import io.foundling.topology.lifecycle.Times;
import java.util.Map;
import java.util.Optional;

/**
 * What the alerts task keeps of a group besides its accounts: what it published last, and when to look at it again.
 *
 * @param lookAtMs wall time at which it must be looked at; {@link Times#NEVER}: once another account comes
 * @param touchedAtMs wall time at which an account last came
 * @param sequence number of the last change of the alert; rises even where the group was forgotten in between
 * @param baseline for VIOLATIONS and GAP: the sum of the accounts when the alert last resolved
 * @param alert as last published to audit.alerts
 * @param settlement as last published to audit.settlements
 * @param labels that policies gave the alert when it last fired (rule A14)
 */
public record GroupState(
        long lookAtMs,
        long touchedAtMs,
        long sequence,
        long baseline,
        Optional<AlertState> alert,
        Optional<Total> settlement,
        Map<String, String> labels) {

    public GroupState {
        labels = Map.copyOf(labels);
    }

    /**
     * Returns a group of which nothing is known yet. As it changes at most once a second, its sequence never overtakes
     * the seconds.
     */
    public static GroupState begun(long nowMs) {
        return new GroupState(Times.NEVER, nowMs, nowMs / 1_000, 0, Optional.empty(), Optional.empty(), Map.of());
    }

    public boolean isFiring() {
        return alert.map(AlertState::isFiring).orElse(false);
    }

    /** Returns this group after an account came: it must be looked at. */
    GroupState touched(long nowMs) {
        return new GroupState(Math.min(lookAtMs, nowMs), nowMs, sequence, baseline, alert, settlement, labels);
    }

    /** Returns this group with another alert, which is a change of it unless it is the same or none. */
    public GroupState alerting(Optional<AlertState> newAlert) {
        boolean changes = newAlert.isPresent() && !newAlert.equals(alert);
        return new GroupState(
                lookAtMs, touchedAtMs, sequence + (changes ? 1 : 0), baseline, newAlert, settlement, labels);
    }

    /**
     * Returns this group with other labels of its alert, which is a change of it.
     *
     * @param before the group before the present look, of which an alert that changed, too, is one and the same change
     */
    GroupState labelled(Map<String, String> newLabels, GroupState before) {
        boolean isCounted = sequence != before.sequence;
        return new GroupState(
                lookAtMs, touchedAtMs, sequence + (isCounted ? 0 : 1), baseline, alert, settlement, newLabels);
    }

    public GroupState settling(Optional<Total> newSettlement) {
        return new GroupState(lookAtMs, touchedAtMs, sequence, baseline, alert, newSettlement, labels);
    }

    public GroupState countingFrom(long newBaseline) {
        return new GroupState(lookAtMs, touchedAtMs, sequence, newBaseline, alert, settlement, labels);
    }

    public GroupState lookAt(long newLookAtMs) {
        return new GroupState(newLookAtMs, touchedAtMs, sequence, baseline, alert, settlement, labels);
    }
}
