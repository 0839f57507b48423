package io.foundling.topology.store;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.AttemptSpan;
import io.foundling.topology.lifecycle.Chain;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.CollapsedEnd;
import io.foundling.topology.lifecycle.CollapsedScope;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Declaration;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Emission;
import io.foundling.topology.lifecycle.Emitted;
import io.foundling.topology.lifecycle.Ending;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactEvent;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactTexts;
import io.foundling.topology.lifecycle.FactTime;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.FormerNumbers;
import io.foundling.topology.lifecycle.Limit;
import io.foundling.topology.lifecycle.Metadata;
import io.foundling.topology.lifecycle.MetadataValue;
import io.foundling.topology.lifecycle.RetentionTimes;
import io.foundling.topology.lifecycle.RunEnd;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.Violation;
import io.foundling.topology.lifecycle.Wait;
import io.foundling.topology.lifecycle.WaitId;
import io.foundling.topology.lifecycle.Warning;
import io.foundling.topology.store.stored.StoredCollapsed;
import io.foundling.topology.store.stored.StoredFact;
import io.foundling.topology.store.stored.StoredMark;
import io.foundling.topology.store.stored.StoredMetadata;
import io.foundling.topology.store.stored.StoredSubject;
import io.foundling.topology.store.stored.StoredWatch;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads subjects of versions 1 to 3, which were stored as Avro. */
final class AvroForm {

    private AvroForm() {}

    static LedgerEntry entry(StoredSubject stored) {
        Disposition state = new Disposition(
                stored.getFacts().stream()
                        .map(fact -> fact(fact, stored.getNewestAppendedAtMs()))
                        .toList(),
                Optional.ofNullable(stored.getCollapsed())
                        .map(collapsed -> collapsed(collapsed, stored.getNewestAppendedAtMs()))
                        .orElse(Collapsed.NONE),
                Status.valueOf(stored.getStatus()),
                stored.getAttempt(),
                metadata(stored.getMetadata()),
                emitted(stored),
                stored.getNewestAppendedAtMs(),
                new RetentionTimes(stored.getStandingReadAtMs(), stored.getRemovedAtMs(), stored.getEndedAtMs()));
        return new LedgerEntry(state, stored.getIndexedAtMs(), true, state.isOrphan(), stored.getUnwatched());
    }

    private static Emitted emitted(StoredSubject stored) {
        return new Emitted(
                stored.getMarks().stream().map(AvroForm::warning).toList(),
                stored.getReported().stream()
                        .map(each -> new Violation.Identity(ViolationType.valueOf(each.getType()), each.getAttempt()))
                        .collect(Collectors.toUnmodifiableSet()),
                stored.getEndings().stream()
                        .map(each -> new Ending(each.getParent(), each.getAfterMs(), each.getAtMs()))
                        .toList());
    }

    /** @param newestMs takes the place of append times that were not kept: none of them was later */
    private static Fact fact(StoredFact stored, long newestMs) {
        return new Fact(
                FactType.valueOf(stored.getType()),
                stored.getAttempt(),
                stored.getOccurredAtMs(),
                new FactEvent(
                        new UUID(stored.getEventIdHigh(), stored.getEventIdLow()),
                        appendedAtMs(stored.getAppendedAtMs(), newestMs)),
                stored.getParent(),
                Deadline.of(stored.getDeadlineMs(), stored.getGraceMs(), stored.getRule()),
                FactTexts.of(
                        stored.getDetail(),
                        stored.getWaitingOn(),
                        stored.getReason(),
                        stored.getExternalId(),
                        stored.getPromisedBy(),
                        stored.getOutputHash()),
                FactNumbers.of(stored.getExpectedMembers(), stored.getDurationMs(), stored.getCounts())
                        .with(Chain.of(stored.getChainFirstMs(), stored.getChainGaps())));
    }

    private static long appendedAtMs(long storedMs, long newestMs) {
        return storedMs == Times.NEVER ? newestMs : storedMs;
    }

    private static Collapsed collapsed(StoredCollapsed stored, long newestMs) {
        List<AttemptSpan> history = stored.getHistory().stream()
                .map(span -> new AttemptSpan(
                        span.getAttempt(),
                        Status.valueOf(span.getStatus()),
                        span.getStartedAtMs(),
                        span.getEndedAtMs(),
                        span.getRepeatedAtMs(),
                        span.getParent(),
                        Announcement.valueOf(span.getAnnouncement())))
                .toList();
        return new Collapsed(
                stored.getThroughAttempt(),
                end(stored),
                stored.getFirstOccurredAtMs(),
                stored.getLastOccurredAtMs(),
                new CollapsedScope(declaration(stored), RunEnd.of(history)),
                history,
                stored.getWatches().stream()
                        .map(wait -> waiting(wait, newestMs))
                        .toList(),
                new FormerNumbers(stored.getFormerLast(), stored.getFormerShift(), stored.getFormerLastMs()));
    }

    /** Versions of Avro kept neither when a scope was declared nor its maxAge nor its last end. */
    private static Declaration declaration(StoredCollapsed stored) {
        return stored.getDeclared() ? new Declaration(stored.getFirstOccurredAtMs(), Fact.NOT_SAID) : Declaration.NONE;
    }

    /**
     * Up to version 2 only the type that ended the attempt was kept: then the next fact that begins is the next one.
     */
    private static CollapsedEnd end(StoredCollapsed stored) {
        Optional<FactType> closedBy = Optional.of(stored.getClosedBy())
                .filter(type -> !type.isEmpty())
                .map(FactType::valueOf);
        Set<Status> statuses = statuses(stored.getStatuses());
        return new CollapsedEnd(
                stored.getParent(),
                statuses.isEmpty() ? closedBy.map(FactType::status).map(Set::of).orElse(Set.of()) : statuses,
                closedBy.filter(FactType::isOutcome),
                stored.getLastEndMs(),
                stored.getBegunAgain(),
                statuses(stored.getQuickStatuses()));
    }

    private static Set<Status> statuses(List<String> names) {
        return names.stream().map(Status::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    private static Warning warning(StoredMark stored) {
        Deadline deadline = new Deadline(stored.getStartsAtMs(), stored.getGraceMs(), stored.getRule());
        return new Warning(
                new WaitId(stored.getAttempt(), Status.valueOf(stored.getStatus()), stored.getExtension()),
                stored.getEnteredAtMs(),
                new Limit(OrphanReason.valueOf(stored.getReason()), deadline, stored.getClosedParent()),
                new Emission(
                        stored.getDetectedAtMs(),
                        stored.getClockMs(),
                        stored.getDelayMs(),
                        stored.getDueMs() == Times.NEVER ? Long.MIN_VALUE : stored.getDueMs(),
                        stored.getPublishedMs() == Times.NEVER ? stored.getClockMs() : stored.getPublishedMs()),
                stored.getWaitingOn(),
                stored.getRecoveredAtMs(),
                stored.getRestarted(),
                false);
    }

    private static Wait waiting(StoredWatch stored, long newestMs) {
        long appendedAtMs = appendedAtMs(stored.getAppendedAtMs(), newestMs);
        Deadline deadline = new Deadline(stored.getDeadlineMs(), stored.getGraceMs(), stored.getRule());
        return new Wait(
                new WaitId(stored.getAttempt(), Status.valueOf(stored.getStatus()), stored.getExtension()),
                new FactTime(stored.getEnteredAtMs(), appendedAtMs),
                new Limit(OrphanReason.valueOf(stored.getReason()), deadline, ""),
                new FactTime(stored.getSaidAtMs(), appendedAtMs),
                stored.getWaitingOn(),
                stored.getLeftAtMs(),
                stored.getRestarted());
    }

    private static Metadata metadata(List<StoredMetadata> stored) {
        SortedMap<String, MetadataValue> values = new TreeMap<>();
        for (StoredMetadata each : stored) {
            UUID eventId = new UUID(each.getEventIdHigh(), each.getEventIdLow());
            values.put(each.getKey(), new MetadataValue(each.getValue(), each.getOccurredAtMs(), eventId));
        }
        return new Metadata(values);
    }
}
