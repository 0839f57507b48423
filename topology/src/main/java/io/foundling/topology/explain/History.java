package io.foundling.topology.explain;

import io.foundling.audit.Attempt;
import io.foundling.audit.Disposition;
import io.foundling.audit.Entry;
import io.foundling.topology.lifecycle.Emitted;
import io.foundling.topology.lifecycle.Ending;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.RetentionTimes;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.rebuild.RebuiltSubject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What a published disposition shows of a subject: the facts that a trail does not reach back to, and the warnings. It is
 * made as a rebuild makes it (rule R6).
 */
final class History {

    private final Disposition published;
    private final io.foundling.topology.lifecycle.Disposition rebuilt;

    History(Evidence evidence, Disposition published) {
        this.published = published;
        this.rebuilt =
                RebuiltSubject.of(published, Collections.emptyNavigableMap(), evidence.warning(), Long.MIN_VALUE);
    }

    /** Whether the history shows a status that no event of the trail gave. */
    boolean reachesFurtherBackThan(List<ReadEvent> trail) {
        List<Fact> facts = facts(trail);
        return facts.stream().noneMatch(fact -> fact.beganAtMs() <= ms(published.getFirstOccurredAt()))
                || published.getHistory().stream().anyMatch(attempt -> !isShownBy(facts, attempt));
    }

    private static boolean isShownBy(List<Fact> facts, Attempt attempt) {
        return facts.stream().anyMatch(fact -> fact.occurredAtMs() == ms(attempt.getStartedAt()))
                && attempt.getEntered().stream().allMatch(entry -> isShownBy(facts, entry));
    }

    private static boolean isShownBy(List<Fact> facts, Entry entry) {
        return facts.stream()
                .anyMatch(
                        fact -> fact.type().status() == entry.getStatus() && fact.occurredAtMs() == ms(entry.getAt()));
    }

    /** Returns the subject as it was before the trail begins: without what the trail shows itself. */
    io.foundling.topology.lifecycle.Disposition before(List<ReadEvent> trail) {
        List<Fact> facts = facts(trail);
        List<Fact> missing = rebuilt.facts().stream()
                .filter(fact -> facts.stream().noneMatch(shown -> isSame(fact, shown)))
                .toList();
        return with(rebuilt, missing, List.of());
    }

    private static boolean isSame(Fact made, Fact shown) {
        return made.standsFor(shown) || made.eventId().equals(shown.eventId());
    }

    /** Returns a subject with the warnings that are published, and with the closings that ended it. */
    io.foundling.topology.lifecycle.Disposition marked(io.foundling.topology.lifecycle.Disposition folded) {
        return with(folded, folded.facts(), rebuilt.warnings());
    }

    private io.foundling.topology.lifecycle.Disposition with(
            io.foundling.topology.lifecycle.Disposition state,
            List<Fact> facts,
            List<io.foundling.topology.lifecycle.Warning> warnings) {
        return new io.foundling.topology.lifecycle.Disposition(
                facts,
                state.collapsed(),
                state.status(),
                state.attempt(),
                state.metadata(),
                new Emitted(warnings, Set.of(), endings(state)),
                state.newestAppendedAtMs(),
                new RetentionTimes(
                        state.retention().statusReadAtMs(),
                        Times.NEVER,
                        state.retention().endedAtMs()));
    }

    /** The closing that ended a subject may be forgotten, and no settlement of it kept. */
    private List<Ending> endings(io.foundling.topology.lifecycle.Disposition state) {
        if (published.getEndedWithParentAt() == null
                || published.getParent() == null
                || !state.endings().isEmpty()) {
            return state.endings();
        }
        String parent = io.foundling.schemas.SubjectKey.of(published.getParent());
        return List.of(new Ending(parent, Times.NEVER, ms(published.getEndedWithParentAt())));
    }

    private static List<Fact> facts(List<ReadEvent> trail) {
        return trail.stream().flatMap(read -> read.arrival().fact().stream()).toList();
    }

    private static long ms(Instant moment) {
        return moment.toEpochMilli();
    }
}
