package io.foundling.service.it.rig;

import io.foundling.audit.Attempt;
import io.foundling.audit.Deadline;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanMark;
import io.foundling.audit.RecoveryReason;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.NaiveAttempt;
import io.foundling.topology.lifecycle.naive.model.NaiveDeadline;
import io.foundling.topology.lifecycle.naive.model.NaiveDetails;
import io.foundling.topology.lifecycle.naive.model.NaivePast;
import io.foundling.topology.lifecycle.naive.model.NaiveRecovery;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.time.Instant;
import java.util.Optional;

/** A published disposition in the words of the naive rules: all of it but the times at which warnings were detected. */
public final class DispositionView {

    private DispositionView() {}

    public static NaiveView of(Disposition disposition) {
        return new NaiveView(
                disposition.getStatus(),
                disposition.getAttempt(),
                Optional.ofNullable(disposition.getParent()).map(SubjectKey::of).orElse(""),
                disposition.getEnteredAt().toEpochMilli(),
                Optional.ofNullable(disposition.getDeadline())
                        .map(DispositionView::deadline)
                        .orElse(new NaiveDeadline(Times.NEVER, 0, "")),
                details(disposition),
                disposition.getMarks().stream().map(DispositionView::warning).toList(),
                new NaivePast(
                        disposition.getFirstOccurredAt().toEpochMilli(),
                        disposition.getLastOccurredAt().toEpochMilli(),
                        disposition.getMetadata(),
                        disposition.getHistory().stream()
                                .map(DispositionView::attempt)
                                .toList(),
                        Optional.ofNullable(disposition.getEndedWithParentAt())
                                .map(Instant::toEpochMilli)
                                .orElse(Times.NEVER)));
    }

    private static NaiveDeadline deadline(Deadline deadline) {
        return new NaiveDeadline(deadline.getAt().toEpochMilli(), deadline.getGrace(), deadline.getRule());
    }

    private static NaiveDetails details(Disposition disposition) {
        return new NaiveDetails(
                text(disposition.getDetail()),
                text(disposition.getWaitingOn()),
                text(disposition.getReason()),
                text(disposition.getExternalId()),
                text(disposition.getPromisedBy()),
                text(disposition.getOutputHash()),
                Optional.ofNullable(disposition.getDurationMs()).orElse(-1L),
                disposition.getCounts());
    }

    private static NaiveWarning warning(OrphanMark mark) {
        return new NaiveWarning(
                mark.getAttempt(),
                mark.getStatus(),
                mark.getExtension(),
                mark.getReason(),
                mark.getEnteredAt().toEpochMilli(),
                mark.getStartsAt().toEpochMilli(),
                mark.getRule(),
                new NaiveRecovery(moment(mark.getRecoveredAt()), mark.getRecoveryReason() == RecoveryReason.RESTARTED));
    }

    private static NaiveAttempt attempt(Attempt attempt) {
        return new NaiveAttempt(
                attempt.getAttempt(),
                attempt.getStatus(),
                attempt.getStartedAt().toEpochMilli(),
                moment(attempt.getEndedAt()));
    }

    private static long moment(Instant instant) {
        return instant == null ? Times.NEVER : instant.toEpochMilli();
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }
}
