package io.foundling.console.policies;

import io.foundling.audit.OrphanReason;
import java.time.Instant;

/**
 * A warning as a ledger has emitted it, with its last deadline.
 *
 * @param rule what gave the deadline, such as {@code policy:approval}
 * @param limit deadline and grace
 * @param emittedAt when the ledger emitted it, at most a minute late
 * @param unknown whether its source was silent at last, so that nobody knows whether its subject is an orphan (rule T28)
 */
public record EmittedWarning(
        String rule,
        OrphanReason reason,
        Instant enteredAt,
        Instant limit,
        Instant emittedAt,
        WarningEnd end,
        boolean unknown) {

    EmittedWarning ended(WarningEnd how) {
        return new EmittedWarning(rule, reason, enteredAt, limit, emittedAt, how, unknown);
    }

    /** Returns this warning, emitted when it was, as an update changes it. */
    EmittedWarning updated(EmittedWarning update) {
        return new EmittedWarning(
                update.rule, update.reason, update.enteredAt, update.limit, emittedAt, update.end, update.unknown);
    }
}
