package io.foundling.topology.explain;

import io.foundling.audit.Disposition;
import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Closing;
import io.foundling.topology.lifecycle.Closings;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Lifecycle;
import io.foundling.topology.lifecycle.Parents;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.rebuild.RebuiltSubject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of the closings of parents: from their dispositions, by the rules, and of those that have none from their
 * settlements.
 */
final class ParentClosings {

    private ParentClosings() {}

    static Parents of(ParentEvidence evidence, Lifecycle lifecycle) {
        Map<String, NavigableMap<Integer, Settlement>> settled = new HashMap<>();
        for (Settlement settlement : evidence.settlements()) {
            settled.computeIfAbsent(SubjectKey.of(settlement.getParent()), none -> new TreeMap<>())
                    .put(settlement.getAttempt(), settlement);
        }
        Map<String, Closings> closings = new HashMap<>();
        settled.forEach((key, attempts) -> closings.put(key, closings(ofSettlements(attempts))));
        for (Disposition parent : evidence.dispositions()) {
            if (parent.getHistory().isEmpty() || !Readable.is(parent, Optional.empty())) {
                continue;
            }
            String key = SubjectKey.of(parent.getSubject());
            NavigableMap<Integer, Settlement> attempts = settled.getOrDefault(key, new TreeMap<>());
            List<Closing> found = lifecycle
                    .placed(key, RebuiltSubject.of(parent, attempts, Optional.empty(), Long.MIN_VALUE))
                    .closings();
            closings.put(key, closings(found));
        }
        return key -> closings.getOrDefault(key, Closings.UNKNOWN);
    }

    /** It is not published when an event was appended that closed a parent, nor how far closures were read (rule P18). */
    private static Closings closings(List<Closing> attempts) {
        return new Closings(attempts, closing -> Long.MIN_VALUE, Times.NEVER);
    }

    private static List<Closing> ofSettlements(NavigableMap<Integer, Settlement> attempts) {
        List<Closing> closings = new ArrayList<>();
        long previousMs = Times.NEVER;
        for (Settlement settlement : attempts.values()) {
            long closedAtMs = settlement.getClosedAt().toEpochMilli();
            Status outcome = settlement.getOutcome() == null ? Status.COMPLETED : settlement.getOutcome();
            long expected = settlement.getExpected() == null ? Fact.NOT_SAID : settlement.getExpected();
            closings.add(new Closing(settlement.getAttempt(), outcome, closedAtMs, previousMs, expected));
            previousMs = previousMs == Times.NEVER ? closedAtMs : Math.max(previousMs, closedAtMs);
        }
        return closings;
    }
}
