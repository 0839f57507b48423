package io.foundling.topology.lifecycle;

import static io.foundling.topology.lifecycle.CrowdedSubject.draft;

import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import java.util.List;

/** A subject with many facts, each of which says only what matters to the test. */
final class CrowdedSubject {

    private static final NaiveMoment EARLY = NaiveMoment.unset();

    private final RuledSubject rules;

    CrowdedSubject(NaiveSettings settings) {
        rules = new RuledSubject(settings);
    }

    static NaiveEventDraft draft(FactType type, long occurredAtMs, int attempt) {
        return NaiveEventDraft.of(type, occurredAtMs).attempt(attempt);
    }

    /** Two facts each, a second apart: opened, then failed. Without numbers if the first number is 0. */
    void attempts(int firstNumber, int count) {
        for (int i = 0; i < count; i++) {
            int number = firstNumber == 0 ? 0 : firstNumber + i;
            long startMs = 10_000 + (firstNumber + i) * 1_000;
            arrive(FactType.OPENED, startMs, number);
            arrive(FactType.FAILED, startMs + 500, number);
        }
    }

    void arrive(FactType type, long occurredAtMs, int attempt) {
        arrive(draft(type, occurredAtMs, attempt));
    }

    void arrive(NaiveEventDraft draft) {
        rules.arrive(draft.event(), EARLY);
    }

    NaiveView view() {
        return rules.view().orElseThrow();
    }

    List<Fact> facts() {
        return rules.state().facts();
    }

    List<Long> times(FactType type) {
        return facts().stream()
                .filter(fact -> fact.type() == type)
                .map(Fact::occurredAtMs)
                .toList();
    }

    /** Returns what else the rules say of it. */
    RuledSubject rules() {
        return rules;
    }
}
