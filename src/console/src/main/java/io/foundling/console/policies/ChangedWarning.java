package io.foundling.console.policies;

import java.util.Comparator;
import java.util.Optional;

/**
 * A warning that the two ledgers do not have alike.
 *
 * @param before under the policies in force
 * @param after under those on trial
 */
public record ChangedWarning(
        WarningId id, Change change, Optional<EmittedWarning> before, Optional<EmittedWarning> after) {

    /** By when it is emitted first. */
    static final Comparator<ChangedWarning> ORDER = Comparator.comparing((ChangedWarning each) ->
                    each.after().or(each::before).orElseThrow().emittedAt())
            .thenComparing(ChangedWarning::id, WarningId.ORDER);

    /** Compares two warnings of one id, of which at least one is there; none if nothing has changed but the rule. */
    static Optional<ChangedWarning> between(
            WarningId id, Optional<EmittedWarning> before, Optional<EmittedWarning> after) {
        if (before.isEmpty()) {
            return Optional.of(new ChangedWarning(id, Change.ADDED, before, after));
        }
        if (after.isEmpty()) {
            return Optional.of(new ChangedWarning(id, Change.REMOVED, before, after));
        }
        int moved = after.get().limit().compareTo(before.get().limit());
        return moved == 0
                ? Optional.empty()
                : Optional.of(new ChangedWarning(id, moved < 0 ? Change.EARLIER : Change.LATER, before, after));
    }
}
