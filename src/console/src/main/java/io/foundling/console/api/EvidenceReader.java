package io.foundling.console.api;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.audit.Subject;
import io.foundling.console.model.query.Alerts;
import io.foundling.console.model.query.Clocks;
import io.foundling.console.model.query.Cursor;
import io.foundling.console.model.query.DeadLetters;
import io.foundling.console.model.query.Events;
import io.foundling.console.model.query.Found;
import io.foundling.console.model.query.Page;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.query.Question;
import io.foundling.console.model.query.Settlements;
import io.foundling.console.model.query.StageFilter;
import io.foundling.console.model.query.Trail;
import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.ProblemException;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.explain.Evidence;
import io.foundling.topology.explain.ParentEvidence;
import io.foundling.topology.explain.ReportedClocks;
import io.foundling.topology.explain.TrailEvent;
import io.foundling.topology.ledger.DeadLetterReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Collects what the read model has of a subject, for its explanation. The read model does not have which events of
 * expectations were taken back, nor since when their causes were known, so an explanation may disagree there. Any thread.
 */
final class EvidenceReader {

    /** An explanation runs the rules over all events, in the memory of one request. */
    private static final int MAX_EVENTS = 20_000;

    private static final int PAGE = 1_000;

    private final Queries queries;

    EvidenceReader(Queries queries) {
        this.queries = queries;
    }

    /**
     * Returns it; none if there is nothing.
     *
     * @param completeSince of the trail, if that is known
     */
    Optional<Evidence> read(String key, Optional<Instant> completeSince) {
        Optional<Found<Disposition>> disposition = queries.found(Tables.DISPOSITION, key);
        List<Found<AuditEvent>> events = all(new Trail(key));
        Optional<OrphanWarning> warning = queries.warning(key);
        if (disposition.isEmpty() && events.isEmpty() && warning.isEmpty()) {
            return Optional.empty();
        }
        Optional<Integer> partition = Stream.concat(events.stream(), disposition.stream())
                .map(found -> found.written().orElseThrow().partition())
                .findFirst();
        return Optional.of(new Evidence(
                key,
                new io.foundling.topology.explain.Trail(
                        trail(key, events), Set.of(), completeSince.filter(since -> since.isAfter(Instant.EPOCH))),
                disposition.map(Found::record),
                warning,
                clocks(SubjectKey.parse(key).getSource(), partition),
                parents(key, disposition.map(Found::record), events)));
    }

    private List<TrailEvent> trail(String key, List<Found<AuditEvent>> events) {
        Map<String, DeadLetterReason> refused = new HashMap<>();
        for (Found<DeadLetter> found : all(new DeadLetters(Optional.empty(), Optional.of(key)))) {
            DeadLetter letter = found.record();
            reason(letter.reason())
                    .ifPresent(reason ->
                            refused.put(letter.topic() + '/' + letter.partition() + '/' + letter.offset(), reason));
        }
        return events.stream().map(found -> event(found, refused)).toList();
    }

    private static TrailEvent event(Found<AuditEvent> found, Map<String, DeadLetterReason> refused) {
        Found.Written written = found.written().orElseThrow();
        Found.Place place = written.place().orElseThrow();
        String at = place.topic() + '/' + written.partition() + '/' + place.offset();
        return new TrailEvent(
                found.record(),
                written.at(),
                written.partition(),
                place.offset(),
                Optional.ofNullable(refused.get(at)),
                Optional.empty());
    }

    private static Optional<DeadLetterReason> reason(String name) {
        return Stream.of(DeadLetterReason.values())
                .filter(reason -> reason.name().equals(name))
                .findFirst();
    }

    private ReportedClocks clocks(String source, Optional<Integer> partition) {
        List<ClockReport> reports = all(new Clocks(Optional.of(Set.of(source)))).stream()
                .map(Found::record)
                .filter(report -> partition
                        .map(number -> report.getTask().endsWith("_" + number))
                        .orElse(false))
                .toList();
        return new ReportedClocks(
                reports.stream().filter(report -> report.getSource().isEmpty()).findFirst(),
                reports.stream()
                        .filter(report -> report.getSource().equals(source))
                        .findFirst(),
                silentSince(source));
    }

    /** An alert says when its source was found silent, the trail when the source was last heard. */
    private Optional<Instant> silentSince(String source) {
        StageFilter ofSource = new StageFilter(Optional.of(source), Optional.empty());
        return queries
                .page(
                        new Alerts(Optional.of(AlertStatus.FIRING), Optional.of(AlertType.SILENT_SOURCE), ofSource),
                        Optional.empty(),
                        1)
                .rows()
                .stream()
                .findFirst()
                .map(alert -> queries.page(new Events(ofSource), Optional.empty(), 1).rows().stream()
                        .map(last -> last.written().orElseThrow().at())
                        .findFirst()
                        .orElse(alert.record().getStartsAt()));
    }

    private ParentEvidence parents(String key, Optional<Disposition> disposition, List<Found<AuditEvent>> events) {
        Set<String> keys = new HashSet<>(Set.of(key));
        Stream.concat(
                        disposition.stream().map(Disposition::getParent),
                        events.stream().map(found -> found.record().getParent()))
                .filter(Objects::nonNull)
                .map((Subject parent) -> SubjectKey.of(parent))
                .forEach(keys::add);
        disposition.stream()
                .flatMap(known -> known.getHistory().stream())
                .filter(attempt -> attempt.getParent() != null)
                .forEach(attempt -> keys.add(SubjectKey.of(attempt.getParent())));
        List<Settlement> settlements = new ArrayList<>();
        for (String parent : keys) {
            all(new Settlements(StageFilter.ALL, Optional.of(parent), false))
                    .forEach(found -> settlements.add(found.record()));
        }
        keys.remove(key);
        return new ParentEvidence(
                queries.dispositions(keys).stream().map(Found::record).toList(), settlements);
    }

    private <T> List<Found<T>> all(Question<T> question) {
        List<Found<T>> rows = new ArrayList<>();
        Optional<Cursor> next = Optional.empty();
        do {
            Page<T> page = queries.page(question, next, PAGE);
            rows.addAll(page.rows());
            next = page.next();
            if (rows.size() > MAX_EVENTS) {
                throw ProblemException.of(
                        422,
                        "There are more than " + MAX_EVENTS
                                + " records about this subject, which are too many to explain; its trail lists them");
            }
        } while (next.isPresent());
        return rows;
    }
}
