package io.foundling.topology.parent;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Closing;
import io.foundling.topology.lifecycle.Closings;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Parents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this partition knows of parents; those with a pass under way are kept in memory. */
final class Knowledge implements Parents {

    private final SettlingTask task;
    private final ParentStore store;
    private final long lateAfterMs;
    private final Map<String, KnownParent> underWay = new LinkedHashMap<>();

    Knowledge(SettlingTask task, ParentStore store, long lateAfterMs) {
        this.task = task;
        this.store = store;
        this.lateAfterMs = lateAfterMs;
        store.underWay().forEach(parent -> underWay.put(parent, store.parent(parent)));
    }

    /** Returns the parents with a pass under way, in the order of their beginning. */
    List<String> underWay() {
        return List.copyOf(underWay.keySet());
    }

    KnownParent parent(String parentKey) {
        KnownParent known = underWay.get(parentKey);
        return known == null ? store.parent(parentKey) : known;
    }

    void save(String parentKey, KnownParent parent) {
        boolean was = underWay.containsKey(parentKey);
        if (parent.pass().isPresent()) {
            underWay.put(parentKey, parent);
        } else {
            underWay.remove(parentKey);
        }
        if (was != parent.pass().isPresent()) {
            store.underWay(parentKey, !was);
        }
        store.save(parentKey, parent);
    }

    /** Moves a pass on, in memory; the page's end saves it. */
    void moveOn(String parentKey, KnownParent parent) {
        underWay.put(parentKey, parent);
    }

    @Override
    public Closings of(String parentKey) {
        KnownParent known = parent(parentKey);
        return known.closures().isEmpty()
                ? Closings.UNKNOWN
                : new Closings(known.closures().stream().map(this::closing).toList());
    }

    private Closing closing(KnownClosure closure) {
        return new Closing(
                closure.attempt(),
                closure.closedAtMs(),
                closure.previousClosedAtMs(),
                closure.outcome() != Status.CANCELLED,
                heldUntilMs(closure));
    }

    /** Returns the moment that the clock must be past before a closure is settled, its own limit apart. */
    long heldUntilMs(KnownClosure closure) {
        if (!closure.isClosed()) {
            return Long.MIN_VALUE;
        }
        boolean late = closure.reportedAtMs() > Fact.saturatedAdd(closure.closedAtMs(), lateAfterMs);
        return Math.max(task.heldUntilMs(), late ? task.heldUntilMs(closure.reportedAtMs()) : Long.MIN_VALUE);
    }

    /** Returns the closure whose account a member belongs to. */
    Optional<KnownClosure> closureOf(KnownParent parent, Membership membership) {
        return new Closings(parent.closures().stream().map(this::closing).toList())
                .closingOf(membership.beganMs())
                .flatMap(closing -> parent.closure(closing.attempt()));
    }
}
