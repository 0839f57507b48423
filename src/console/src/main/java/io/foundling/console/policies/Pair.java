package io.foundling.console.policies;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Two warnings about the same wait of a subject, each of another ledger; one may be missing. */
record Pair(Optional<EmittedWarning> before, Optional<EmittedWarning> after) {

    /**
     * Pairs the warnings of one id. There are several if a subject was forgotten and came again: those that were entered at
     * the same time belong together. A fact that is read late can move that time in one ledger only, so what is left is
     * paired in its order.
     */
    static List<Pair> of(List<EmittedWarning> before, List<EmittedWarning> after) {
        List<Pair> pairs = new ArrayList<>();
        List<EmittedWarning> left = new ArrayList<>(after);
        List<EmittedWarning> alone = new ArrayList<>();
        for (EmittedWarning former : before) {
            Optional<EmittedWarning> same = left.stream()
                    .filter(each -> each.enteredAt().equals(former.enteredAt()))
                    .findFirst();
            if (same.isPresent()) {
                left.remove(same.get());
                pairs.add(new Pair(Optional.of(former), same));
            } else {
                alone.add(former);
            }
        }
        Iterator<EmittedWarning> others = left.iterator();
        for (EmittedWarning former : alone) {
            pairs.add(new Pair(Optional.of(former), others.hasNext() ? Optional.of(others.next()) : Optional.empty()));
        }
        others.forEachRemaining(each -> pairs.add(new Pair(Optional.empty(), Optional.of(each))));
        return pairs;
    }
}
