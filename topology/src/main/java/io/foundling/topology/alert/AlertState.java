package io.foundling.topology.alert;

import io.foundling.audit.AlertStatus;
import io.foundling.topology.account.Total;

/**
 * An alert as it stands on its topic.
 *
 * @param total what it tells; the count is the alert's own
 * @param startsAtMs since when it fires, or fired
 * @param endsAtMs when it was resolved; {@link io.foundling.topology.lifecycle.Fact#NEVER} while it fires
 */
public record AlertState(AlertStatus status, Total total, long startsAtMs, long endsAtMs) {

    public boolean isFiring() {
        return status == AlertStatus.FIRING;
    }
}
