package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A disposition together with the attempts that its facts belong to. Facts are placed when they are needed for the
 * first time, and never again: placing them is the most expensive step of the rules. For one thread.
 */
public final class PlacedDisposition {

    private final Disposition disposition;
    private final Distances distances;
    private Placement placement;
    private List<Wait> waits;
    private DispositionView view;
    private List<Membership> memberships;

    PlacedDisposition(Disposition disposition, Distances distances) {
        this.disposition = disposition;
        this.distances = distances;
    }

    private PlacedDisposition(Disposition disposition, Distances distances, Placement placement, List<Wait> waits) {
        this(disposition, distances);
        this.placement = placement;
        this.waits = waits;
    }

    /** Returns the same subject in another state, whose facts have been placed, and the waits derived from that. */
    PlacedDisposition as(Disposition other, Placement placed, List<Wait> derived) {
        return new PlacedDisposition(other, distances, placed, derived);
    }

    /** Returns the same subject without anything that was known of it. */
    public PlacedDisposition erased() {
        return new PlacedDisposition(disposition.erased(), distances);
    }

    /**
     * Returns when the event was appended that closed an attempt; of an attempt that has not closed, that of the newest
     * event.
     */
    public long reportedAtMs(int attempt) {
        AttemptFacts facts = placement().attempts().get(attempt);
        Optional<Fact> outcome = facts == null ? Optional.empty() : facts.outcome();
        return outcome.map(fact -> fact.event().appendedAtMs()).orElse(disposition.newestAppendedAtMs());
    }

    public Disposition disposition() {
        return disposition;
    }

    Placement placement() {
        if (placement == null) {
            placement = Placement.of(disposition.facts(), disposition.collapsed(), distances);
        }
        return placement;
    }

    /** Returns the waits of its attempts that have not collapsed, under their own limits. */
    List<Wait> waits() {
        if (waits == null) {
            waits = Waits.of(placement());
        }
        return waits;
    }

    /**
     * Returns what is published of it beyond its stored state.
     *
     * @throws IllegalStateException if no status has arrived
     */
    public DispositionView view() {
        if (view == null) {
            view = DispositionView.of(this);
        }
        return view;
    }

    /** Returns the attempts that have a status, by number, with those that collapsed and are kept in brief. */
    List<AttemptSpan> attempts() {
        List<AttemptSpan> attempts = new ArrayList<>(disposition.collapsed().history());
        for (AttemptFacts attempt : placement().attempts().values()) {
            if (attempt.hasStatus()) {
                attempts.add(AttemptSpan.of(attempt, placement()));
            }
        }
        return attempts;
    }

    /** Returns the facts with which an attempt entered its statuses, by rank; none of one that has collapsed. */
    public List<Fact> enteredIn(int attempt) {
        AttemptFacts facts = placement().attempts().get(attempt);
        return facts == null ? List.of() : facts.entering();
    }

    /** Returns what shows how fresh it is; empty unless it is a declared scope. */
    public Optional<Freshness> freshness() {
        if (!distances.ofScope()) {
            return Optional.empty();
        }
        Declaration declaration = Declaration.of(placement(), disposition.collapsed());
        return declaration.isInForce()
                ? Optional.of(Freshness.of(declaration, disposition, placement(), waits()))
                : Optional.empty();
    }

    /** Returns where its attempts, apart from collapsed ones, had a status after which an expectation expects something. */
    public List<Cause> causes(Status status, long withinMs) {
        return Cause.notCalledOff(placement(), status, withinMs);
    }

    /** Returns the same, and those that were called off. */
    public List<Cause> allCauses(Status status) {
        return Cause.all(placement(), status);
    }

    /** Returns how many members the latest attempt announced; {@link Fact#NOT_SAID} if it did not. */
    public long expectedMembers() {
        return placement().latest().map(AttemptFacts::expectedMembers).orElse(Fact.NOT_SAID);
    }

    /** Returns the attempts that have a status and a parent, by number, with collapsed ones that are kept in brief. */
    public List<Membership> memberships() {
        if (memberships == null) {
            memberships = Memberships.of(this);
        }
        return memberships;
    }

    /**
     * Returns the parents that facts without a number name although their attempt has another one. Nobody could say that
     * of such a fact if it was read again after the subject was erased (rule R5).
     */
    public SortedSet<String> namedInVain() {
        SortedSet<String> parents = new TreeSet<>();
        for (AttemptFacts attempt : placement().attempts().values()) {
            String parent = placement().parentOf(attempt);
            attempt.facts().stream()
                    .filter(fact -> fact.type().hasStatus() && !fact.isNumbered())
                    .map(Fact::parent)
                    .filter(named -> !named.isEmpty() && !named.equals(parent))
                    .forEach(parents::add);
        }
        return parents;
    }

    /** Returns the attempts that have closed, and those under way after one that has, by number. */
    public List<Closing> closings() {
        return SubjectClosings.of(this);
    }
}
