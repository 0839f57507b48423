package io.foundling.topology.parent;

import io.foundling.audit.Closure;
import io.foundling.audit.Status;
import io.foundling.schemas.ParentKinds;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.ClosureVersion;
import io.foundling.topology.lifecycle.Closing;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.PlacedDisposition;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.task.TaskClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends a closure to every partition whenever a closing or reopening of a parent changes (rules P3 and P4). It runs in
 * the partition of the parent.
 */
final class ClosureSending {

    /** Begins the keys of all batches. */
    static final String BATCH = "batch/";

    private final TaskClock clock;
    private final ParentStore store;
    private final ClosureOutput output;
    private final int partitions;
    private final long memoryMs;

    ClosureSending(
            TaskClock clock, ParentStore store, ClosureOutput output, int partitions, Duration settlementMemory) {
        this.clock = clock;
        this.store = store;
        this.output = output;
        this.partitions = partitions;
        this.memoryMs = settlementMemory.toMillis();
    }

    /** Sends the closings of a subject that have changed, if it is a parent. */
    void follow(String subjectKey, PlacedDisposition before, PlacedDisposition after) {
        if (!ParentKinds.includeKindOf(subjectKey)) {
            return;
        }
        List<Closing> closings = after.closings();
        if (closings.equals(before.closings())) {
            return;
        }
        Parenthood parenthood = store.parenthood(subjectKey);
        if (isBatch(subjectKey) || parenthood.isNamed()) {
            send(subjectKey, after, closings, parenthood);
        }
    }

    /** Notes that a partition holds members of a parent, or none any more. */
    void name(String parentKey, int partition, boolean named, PlacedDisposition parent) {
        Parenthood parenthood = store.parenthood(parentKey).named(partition, named);
        store.save(parentKey, parenthood);
        if (named) {
            send(parentKey, parent, parent.closings(), parenthood);
        }
    }

    /** Forgets what was sent about a subject that is forgotten itself, and returns whether anything was. */
    boolean forget(String subjectKey) {
        Parenthood parenthood = store.parenthood(subjectKey);
        boolean wasSent = !parenthood.sent().isEmpty();
        if (wasSent) {
            store.save(subjectKey, parenthood.sending(List.of()));
        }
        return wasSent;
    }

    /**
     * Takes the closings of a subject that is erased back, and forgets what was sent about it.
     *
     * @return the attempts whose closings partitions may have forgotten, so that they are not taken back yet
     */
    List<Integer> erase(String subjectKey, PlacedDisposition before) {
        follow(subjectKey, before, before.erased());
        List<Integer> forgotten = new ArrayList<>();
        for (Parenthood.SentClosing last : store.parenthood(subjectKey).sent()) {
            if (isForgotten(last)) {
                forgotten.add(last.closing().attempt());
            }
        }
        forget(subjectKey);
        return forgotten;
    }

    /** Takes back the closing of an attempt that partitions may have forgotten; returns the version of the closure. */
    int takeBack(String parentKey, int attempt, PlacedDisposition parent) {
        Closing open = new Closing(attempt, Status.UNKNOWN, Times.NEVER, Times.NEVER, Fact.NOT_SAID);
        return send(parentKey, parent, open, Optional.empty()).version();
    }

    /** Whether a subject is a parent by its kind. */
    static boolean isBatch(String subjectKey) {
        return subjectKey.startsWith(BATCH);
    }

    private void send(String parentKey, PlacedDisposition parent, List<Closing> closings, Parenthood parenthood) {
        List<Parenthood.SentClosing> sent = new ArrayList<>();
        // The highest first: whoever has read that an attempt has closed must know of its reopening.
        for (int at = closings.size() - 1; at >= 0; at--) {
            Closing closing = closings.get(at);
            Optional<Parenthood.SentClosing> last = parenthood.sent(closing.attempt());
            boolean same = last.map(each -> each.closing().equals(closing) || isForgotten(each))
                    .orElse(false);
            sent.add(0, same ? last.get() : send(parentKey, parent, closing, last));
        }
        for (Parenthood.SentClosing last : parenthood.sent()) {
            Closing before = last.closing();
            boolean gone = closings.stream().noneMatch(closing -> closing.attempt() == before.attempt());
            if (gone && before.attempt() > parent.disposition().collapsed().throughAttempt()) {
                // Facts may turn out to belong to another attempt, and take the closing with them.
                boolean takesBack = before.isClosed() && !isForgotten(last);
                sent.add(takesBack ? send(parentKey, parent, before.reopened(), Optional.of(last)) : last);
            }
        }
        if (!sent.equals(parenthood.sent())) {
            store.save(parentKey, parenthood.sending(sent));
        }
    }

    /** Whether partitions may have forgotten a closing and its members: what they would count now is wrong. */
    private boolean isForgotten(Parenthood.SentClosing last) {
        long forgottenMs = Times.plus(ClosureVersion.sentAtMs(last.version()), memoryMs);
        return last.closing().isClosed() && clock.wallMs() > forgottenMs;
    }

    private Parenthood.SentClosing send(
            String parentKey, PlacedDisposition parent, Closing closing, Optional<Parenthood.SentClosing> last) {
        int version = Math.max(
                ClosureVersion.at(clock.wallMs()),
                last.map(Parenthood.SentClosing::version).orElse(0) + 1);
        output.send(Closure.newBuilder()
                .setParent(SubjectKey.parse(parentKey))
                .setAttempt(closing.attempt())
                .setOutcome(closing.isClosed() ? closing.outcome() : null)
                .setPreviousClosedAt(moment(closing.previousClosedAtMs()))
                .setClosedAt(moment(closing.closedAtMs()))
                .setVersion(version)
                .setPartitions(partitions)
                .setExpectedMembers(closing.expectedMembers() == Fact.NOT_SAID ? null : closing.expectedMembers())
                .setReportedAt(moment(parent.reportedAtMs(closing.attempt())))
                .build());
        return new Parenthood.SentClosing(closing, version);
    }

    private static Instant moment(long ms) {
        return ms == Times.NEVER ? null : Instant.ofEpochMilli(ms);
    }
}
