package io.foundling.topology.parent;

import io.foundling.topology.lifecycle.Closing;
import io.foundling.topology.lifecycle.Closings;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Parents;
import io.foundling.topology.lifecycle.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this partition knows of parents; those with a pass under way are kept in memory. */
final class KnownParents implements Parents {

    private final ParentStore store;
    private final ReadThrough readThrough;
    private final Map<String, KnownParent> underWay = new LinkedHashMap<>();

    KnownParents(ParentStore store, ReadThrough readThrough) {
        this.store = store;
        this.readThrough = readThrough;
        store.underWay().forEach(this::goOn);
    }

    /** What is stored of a parent may be set aside (rule S2), and its pass with it. */
    private void goOn(String parentKey) {
        KnownParent parent = store.parent(parentKey);
        if (parent.pass().isPresent()) {
            underWay.put(parentKey, parent);
        } else {
            store.underWay(parentKey, false);
        }
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

    /** Moves a pass on in memory only; it is saved at the end of the page. */
    void moveOn(String parentKey, KnownParent parent) {
        underWay.put(parentKey, parent);
    }

    @Override
    public Closings of(String parentKey) {
        KnownParent parent = parent(parentKey);
        return parent.closings().isEmpty() ? Closings.UNKNOWN : parent.known(readThrough.ofParent(parentKey));
    }

    /** Returns the closings of all attempts that a member belongs to, by attempt. */
    List<KnownClosing> closingsOf(KnownParent parent, Membership membership) {
        if (parent.closings().isEmpty()) {
            return List.of();
        }
        Closings known = parent.known(Times.NEVER);
        if (membership.begunMs().size() == 1) {
            return known.closingOf(membership.beganMs())
                    .flatMap(closing -> parent.closing(closing.attempt()))
                    .map(List::of)
                    .orElse(List.of());
        }
        return membership.begunMs().stream()
                .flatMap(begunMs -> known.closingOf(begunMs).stream())
                .map(Closing::attempt)
                .distinct()
                .sorted()
                .flatMap(attempt -> parent.closing(attempt).stream())
                .toList();
    }
}
