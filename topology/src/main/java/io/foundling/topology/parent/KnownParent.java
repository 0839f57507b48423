package io.foundling.topology.parent;

import io.foundling.topology.lifecycle.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a partition knows of a parent.
 *
 * @param closures by attempt
 * @param corrected whether more than one closure was ever read
 * @param pass the pass under way, if any
 * @param indexedAtMs where its entry in the expiry index stands; {@link Fact#NEVER} if it has none
 */
public record KnownParent(List<KnownClosure> closures, boolean corrected, Optional<Pass> pass, long indexedAtMs) {

    /** What is known before the first closure. */
    public static final KnownParent NONE = new KnownParent(List.of(), false, Optional.empty(), Fact.NEVER);

    public KnownParent {
        closures = List.copyOf(closures);
    }

    /** Returns the closure of an attempt. */
    public Optional<KnownClosure> closure(int attempt) {
        return closures.stream().filter(closure -> closure.attempt() == attempt).findFirst();
    }

    /** Returns this parent with a closure in place of the former one of its attempt. */
    public KnownParent with(KnownClosure closure) {
        List<KnownClosure> others = new ArrayList<>(closures);
        others.removeIf(each -> each.attempt() == closure.attempt());
        others.add(closure);
        others.sort(Comparator.comparingInt(KnownClosure::attempt));
        return new KnownParent(others, corrected || !closures.isEmpty(), pass, indexedAtMs);
    }

    public KnownParent holding(List<KnownClosure> newClosures) {
        return new KnownParent(newClosures, corrected, pass, indexedAtMs);
    }

    public KnownParent under(Optional<Pass> newPass) {
        return new KnownParent(closures, corrected, newPass, indexedAtMs);
    }

    public KnownParent indexedAt(long newIndexedAtMs) {
        return new KnownParent(closures, corrected, pass, newIndexedAtMs);
    }
}
