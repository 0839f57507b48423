package io.foundling.topology.parent;

import io.foundling.audit.Closure;
import io.foundling.audit.Status;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.ParentAttempt;
import io.foundling.topology.lifecycle.ParentAttempts;
import io.foundling.topology.lifecycle.SubjectState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends closures: in the partition of the parent itself, whenever what its members must know of it changes. */
final class Closures {

    private static final String BATCH = "batch/";

    private final SettlingTask task;
    private final ParentStore store;
    private final int partitions;

    Closures(SettlingTask task, ParentStore store, int partitions) {
        this.task = task;
        this.store = store;
        this.partitions = partitions;
    }

    /** Sends what is new about a subject, if it is a parent. */
    void follow(String subjectKey, SubjectState before, SubjectState after) {
        List<ParentAttempt> attempts = ParentAttempts.of(after);
        if (attempts.equals(ParentAttempts.of(before))) {
            return;
        }
        Parenthood parenthood = store.parenthood(subjectKey);
        if (isBatch(subjectKey) || parenthood.isNamed()) {
            issue(subjectKey, after, attempts, parenthood);
        }
    }

    /** Notes that a partition holds members of a parent, or none any more. */
    void name(String parentKey, int partition, boolean named, SubjectState state) {
        Parenthood parenthood = store.parenthood(parentKey).named(partition, named);
        store.save(parentKey, parenthood);
        if (named) {
            issue(parentKey, state, ParentAttempts.of(state), parenthood);
        }
    }

    /** Forgets what was sent about a subject that is forgotten itself. */
    void forget(String subjectKey) {
        Parenthood parenthood = store.parenthood(subjectKey);
        if (!parenthood.issued().isEmpty()) {
            store.save(subjectKey, parenthood.issuing(List.of()));
        }
    }

    /** Whether a subject is a parent by its kind. */
    static boolean isBatch(String subjectKey) {
        return subjectKey.startsWith(BATCH);
    }

    private void issue(String parentKey, SubjectState state, List<ParentAttempt> attempts, Parenthood parenthood) {
        List<Parenthood.Issue> issued = new ArrayList<>();
        for (ParentAttempt attempt : attempts) {
            Optional<Parenthood.Issue> last = parenthood.issued(attempt.attempt());
            boolean same = last.map(issue -> issue.attempt().equals(attempt)).orElse(false);
            issued.add(same ? last.get() : send(parentKey, state, attempt, last));
        }
        for (Parenthood.Issue last : parenthood.issued()) {
            ParentAttempt before = last.attempt();
            boolean gone = attempts.stream().noneMatch(attempt -> attempt.attempt() == before.attempt());
            if (gone && before.attempt() > state.collapsed().throughAttempt()) {
                issued.add(before.isClosed() ? send(parentKey, state, reopened(before), Optional.of(last)) : last);
            }
        }
        if (!issued.equals(parenthood.issued())) {
            store.save(parentKey, parenthood.issuing(issued));
        }
    }

    /** Facts may turn out to belong to another attempt, and take the closing with them. */
    private static ParentAttempt reopened(ParentAttempt attempt) {
        return new ParentAttempt(
                attempt.attempt(), Status.UNKNOWN, Fact.NEVER, attempt.previousClosedAtMs(), Fact.NOT_SAID);
    }

    private Parenthood.Issue send(
            String parentKey, SubjectState state, ParentAttempt attempt, Optional<Parenthood.Issue> last) {
        int version = Math.max(
                Settle.version(task.wallMs()),
                last.map(Parenthood.Issue::version).orElse(0) + 1);
        task.send(Closure.newBuilder()
                .setParent(SubjectKey.parse(parentKey))
                .setAttempt(attempt.attempt())
                .setOutcome(attempt.isClosed() ? attempt.outcome() : null)
                .setPreviousClosedAt(moment(attempt.previousClosedAtMs()))
                .setClosedAt(moment(attempt.closedAtMs()))
                .setVersion(version)
                .setPartitions(partitions)
                .setExpectedMembers(attempt.expectedMembers() == Fact.NOT_SAID ? null : attempt.expectedMembers())
                .setReportedAt(moment(state.newestAppendedAtMs()))
                .build());
        return new Parenthood.Issue(attempt, version);
    }

    private static Instant moment(long ms) {
        return ms == Fact.NEVER ? null : Instant.ofEpochMilli(ms);
    }
}
