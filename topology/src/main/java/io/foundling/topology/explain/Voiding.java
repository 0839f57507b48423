package io.foundling.topology.explain;

import io.foundling.topology.lifecycle.Inspection;
import io.foundling.topology.lifecycle.Inspection.Move;
import io.foundling.topology.lifecycle.MovedBy;
import io.foundling.topology.lifecycle.Wait;
import java.util.Optional;

/** Why an extension or a restart has no effect although the wait's own limit allows it: its parent closed before. */
enum Voiding {
    CLOSED("it came after the limit that the closing of its parent sets", "P8"),
    CANCELLED("its parent was cancelled before", "P9");

    private final String reason;
    private final String rule;

    Voiding(String reason, String rule) {
        this.reason = reason;
        this.rule = rule;
    }

    String reason() {
        return reason;
    }

    String rule() {
        return rule;
    }

    /** Returns why a move has no effect; nothing if it has one, or if it is a repeat, which has none by itself. */
    static Optional<Voiding> of(Move move, Inspection inspection) {
        if (move.by() == MovedBy.REPEAT || move.by() == MovedBy.REPEAT_IN_TIME) {
            return Optional.empty();
        }
        return inspection.waits().stream()
                .filter(wait -> isOfStatus(wait, move))
                .reduce((earlier, later) -> later)
                .flatMap(last -> of(move, last, inspection));
    }

    private static Optional<Voiding> of(Move move, Wait last, Inspection inspection) {
        boolean isCancelled = inspection.decision().state().endings().stream()
                .anyMatch(ending ->
                        ending.atMs() == last.leftAtMs() && move.fact().beganAtMs() > ending.atMs());
        if (isCancelled) {
            return Optional.of(CANCELLED);
        }
        // Chains raise the number of a wait too, but the last wait then has the highest.
        return last.id().extension() < move.after().id().extension() ? Optional.of(CLOSED) : Optional.empty();
    }

    private static boolean isOfStatus(Wait wait, Move move) {
        return wait.id().attempt() == move.before().id().attempt()
                && wait.id().status() == move.before().id().status();
    }
}
