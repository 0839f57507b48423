package io.foundling.topology.parent;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Closing;
import io.foundling.topology.store.stored.StoredClosure;
import io.foundling.topology.store.stored.StoredIssue;
import io.foundling.topology.store.stored.StoredParent;
import io.foundling.topology.store.stored.StoredParenthood;
import io.foundling.topology.store.stored.StoredPass;
import io.foundling.topology.store.stored.StoredSettling;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What parents are, in the form in which they are stored. */
final class ParentForm {

    private ParentForm() {}

    static StoredParent stored(KnownParent parent) {
        return new StoredParent(
                parent.closings().stream().map(ParentForm::stored).toList(),
                parent.corrected(),
                parent.pass().map(ParentForm::stored).orElse(null),
                parent.indexedAtMs());
    }

    static StoredClosure stored(KnownClosing known) {
        Closing closing = known.closing();
        return new StoredClosure(
                closing.attempt(),
                closing.outcome().name(),
                closing.closedAtMs(),
                closing.previousClosedAtMs(),
                closing.expectedMembers(),
                known.version(),
                known.partitions(),
                known.reportedAtMs(),
                known.readAtMs(),
                known.settledVersion(),
                known.purged());
    }

    static StoredPass stored(Pass pass) {
        return new StoredPass(
                pass.cursor(),
                pass.settling().entrySet().stream()
                        .map(each -> new StoredSettling(each.getKey(), each.getValue()))
                        .toList(),
                pass.heldUntilMs().values().stream().max(Long::compare).orElse(Long.MIN_VALUE));
    }

    static KnownParent parent(StoredParent stored) {
        return new KnownParent(
                stored.getClosures().stream().map(ParentForm::closing).toList(),
                stored.getCorrected(),
                Optional.ofNullable(stored.getPass()).map(ParentForm::pass),
                stored.getIndexedAtMs());
    }

    static KnownClosing closing(StoredClosure stored) {
        return new KnownClosing(
                new Closing(
                        stored.getAttempt(),
                        Status.valueOf(stored.getOutcome()),
                        stored.getClosedAtMs(),
                        stored.getPreviousClosedAtMs(),
                        stored.getExpected()),
                stored.getVersion(),
                stored.getPartitions(),
                stored.getReportedAtMs(),
                stored.getReadAtMs(),
                stored.getSettledVersion(),
                stored.getPurged());
    }

    /** What is stored is the latest of all holds: after a restart within a pass, it counts for each attempt. */
    static Pass pass(StoredPass stored) {
        Map<Integer, Integer> settling = stored.getSettling().stream()
                .collect(Collectors.toMap(StoredSettling::getAttempt, StoredSettling::getVersion));
        Map<Integer, Long> held =
                settling.keySet().stream().collect(Collectors.toMap(attempt -> attempt, a -> stored.getHeldUntilMs()));
        return new Pass(stored.getCursor(), settling, held);
    }

    static StoredParenthood stored(Parenthood parenthood) {
        return new StoredParenthood(
                ByteBuffer.wrap(parenthood.namedBy().toByteArray()),
                parenthood.sent().stream().map(ParentForm::stored).toList());
    }

    static StoredIssue stored(Parenthood.SentClosing sent) {
        Closing closing = sent.closing();
        return new StoredIssue(
                closing.attempt(),
                closing.outcome().name(),
                closing.closedAtMs(),
                closing.previousClosedAtMs(),
                closing.expectedMembers(),
                sent.version());
    }

    static Parenthood parenthood(StoredParenthood stored) {
        return new Parenthood(
                BitSet.valueOf(stored.getNamedBy()),
                stored.getIssued().stream().map(ParentForm::sent).toList());
    }

    static Parenthood.SentClosing sent(StoredIssue stored) {
        Closing closing = new Closing(
                stored.getAttempt(),
                Status.valueOf(stored.getOutcome()),
                stored.getClosedAtMs(),
                stored.getPreviousClosedAtMs(),
                stored.getExpected());
        return new Parenthood.SentClosing(closing, stored.getVersion());
    }
}
