package io.foundling.topology.rebuild;

import io.foundling.audit.Attempt;
import io.foundling.audit.Disposition;
import io.foundling.audit.Entry;
import io.foundling.audit.Freshness;
import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.CollapsedScope;
import io.foundling.topology.lifecycle.Declaration;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.RunEnd;
import java.util.List;
import java.util.Map;

/** Gives the facts of a declared scope back what its history does not show: its maxAge, and how a run ended last. */
final class RebuiltScope {

    private final Freshness freshness;
    private final List<Attempt> kept;
    private final Maker maker;
    private boolean isDeclaredBefore;

    /** Makes a fact of an attempt. */
    interface Maker {
        Fact fact(FactType type, Attempt attempt, long occurredAtMs);
    }

    RebuiltScope(Disposition published, List<Attempt> kept, Maker maker) {
        freshness = published.getFreshness();
        this.kept = kept;
        this.maker = maker;
    }

    void complete(List<Fact> facts) {
        declare(facts);
        for (int i = 0; i < facts.size(); i++) {
            facts.set(i, isNoEnd(facts.get(i)) ? numbered(facts.get(i)) : facts.get(i));
        }
    }

    /**
     * Whether a fact is an end after the last one: that is a second outcome of an attempt with a number, since only those
     * do not count (rule F1).
     */
    private boolean isNoEnd(Fact fact) {
        boolean isEnd = fact.type() == FactType.COMPLETED || fact.type() == FactType.FAILED;
        RunEnd last = end();
        return isEnd
                && last.exists()
                && fact.occurredAtMs() >= last.atMs()
                && !(fact.occurredAtMs() == last.atMs() && fact.type().status() == last.status());
    }

    private static Fact numbered(Fact fact) {
        return with(fact, Math.abs(fact.attempt()), fact.numbers());
    }

    /**
     * Returns what stands for the attempts before those that get facts. The history has the first outcome of each
     * attempt; without numbers later ones may have joined it, so the last end is kept with what is collapsed.
     */
    Collapsed after(Collapsed older) {
        return older.of(new CollapsedScope(isDeclaredBefore ? declaration() : Declaration.NONE, end()));
    }

    private Declaration declaration() {
        return new Declaration(
                freshness.getDeclaredAt().toEpochMilli(),
                freshness.getMaxAge() == null ? Fact.NOT_SAID : freshness.getMaxAge());
    }

    private RunEnd end() {
        Entry end = freshness.getEnd();
        return end == null
                ? RunEnd.NONE
                : new RunEnd(end.getStatus(), end.getAt().toEpochMilli());
    }

    private void declare(List<Fact> facts) {
        long atMs = freshness.getDeclaredAt().toEpochMilli();
        Fact declared = find(facts, FactType.DECLARED, atMs);
        if (declared == null && facts.stream().noneMatch(fact -> fact.type() == FactType.RETIRED)) {
            isDeclaredBefore = true;
            return;
        }
        if (declared == null) {
            declared = maker.fact(FactType.DECLARED, firstDeclared(), atMs);
            facts.add(declared);
        }
        if (freshness.getMaxAge() != null) {
            FactNumbers numbers = FactNumbers.of(Fact.NOT_SAID, freshness.getMaxAge(), Map.of());
            facts.set(facts.indexOf(declared), with(declared, declared.attempt(), numbers.with(declared.chain())));
        }
    }

    private static Fact with(Fact fact, int attempt, FactNumbers numbers) {
        return new Fact(
                fact.type(),
                attempt,
                fact.occurredAtMs(),
                fact.event(),
                fact.parent(),
                fact.deadline(),
                fact.texts(),
                numbers);
    }

    /** Returns the lowest attempt that the declaration can belong to: it came after the last that was retired. */
    private Attempt firstDeclared() {
        Attempt first = kept.get(kept.size() - 1);
        for (int i = kept.size() - 1; i >= 0 && kept.get(i).getStatus() != Status.RETIRED; i--) {
            first = kept.get(i);
        }
        return first;
    }

    private static Fact find(List<Fact> facts, FactType type, long atMs) {
        for (Fact fact : facts) {
            if (fact.type() == type && fact.occurredAtMs() == atMs) {
                return fact;
            }
        }
        return null;
    }
}
