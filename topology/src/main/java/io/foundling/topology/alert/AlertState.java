package io.foundling.topology.alert;

import io.foundling.audit.AlertStatus;
import io.foundling.topology.account.Total;
import io.foundling.topology.lifecycle.Times;

/**
 * An alert as it was last published.
 *
 * @param total what it shows; the count is the alert's own
 * @param startsAtMs since when it fires, or fired
 * @param endsAtMs when it was resolved; {@link Times#NEVER} while it fires
 */
public record AlertState(AlertStatus status, Total total, long startsAtMs, long endsAtMs) {

    public boolean isFiring() {
        return status == AlertStatus.FIRING;
    }
}
