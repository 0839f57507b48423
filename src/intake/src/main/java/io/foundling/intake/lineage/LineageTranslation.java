package io.foundling.intake.lineage;

import io.foundling.audit.Annotated;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Completed;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Translates an event about a run into audit events: one about the run, and, if it ends the run, two about its job. The same
 * event always becomes the same audit events, with the same ids, so that a repeat adds nothing (rule L4). Pure.
 */
final class LineageTranslation {

    private static final String RUN = "run";
    private static final String ACTOR = "openlineage";

    private final Producer producer;

    /** @param reporter who sends the events, as the instance of their producer */
    LineageTranslation(String reporter) {
        producer = new Producer(ACTOR, reporter, "", 0L);
    }

    List<AuditEvent> of(RunEvent event) {
        List<AuditEvent> events = new ArrayList<>();
        events.add(aboutRun(event));
        if (endsRunOfJob(event) && !event.facets().airflow().isBackfill()) {
            // Each beginning starts a new attempt of a scope (rule L6), but runs of a job may overlap. So on the scope,
            // each run begins when it ends.
            events.add(aboutJob(event, "begins", new Opened()));
            events.add(aboutJob(
                    event, "ends", outcome(event, event.facets().airflow().willRetry())));
        }
        return events;
    }

    /**
     * A job that goes on for ever completes with each sign of life, or with each checkpoint: that is what it should do
     * within its maxAge.
     */
    private static boolean endsRunOfJob(RunEvent event) {
        return switch (event.state()) {
            case COMPLETE, FAIL, ABORT -> true;
            case START, RUNNING -> event.facets().completesJob();
            case OTHER -> false;
        };
    }

    private AuditEvent aboutRun(RunEvent event) {
        RunFacets facets = event.facets();
        Object body = switch (event.state()) {
            case START, RUNNING -> new Opened();
            case OTHER -> new Annotated();
            // Another try is a run of its own, so this one is over.
            case COMPLETE, FAIL, ABORT -> outcome(event, false);
        };
        AuditEvent.Builder about = event(event, RUN, event.run().subject(), body)
                .setParent(event.parent().map(RunName::subject).orElse(null))
                .setMetadata(facets.metadata());
        attempt(event).ifPresent(about::setAttempt);
        return about.build();
    }

    /**
     * A number is given where it is known. Without one, a sign of life that is dated behind the end of its run would begin
     * another attempt (rule L6), which nobody would end. A run whose id is used again begins one with its START.
     */
    private static OptionalInt attempt(RunEvent event) {
        OptionalInt known = event.facets().airflow().attempt();
        return known.isEmpty() && event.state() == RunState.RUNNING ? OptionalInt.of(1) : known;
    }

    private AuditEvent aboutJob(RunEvent event, String role, Object body) {
        Map<String, String> metadata = new HashMap<>(event.facets().metadata());
        metadata.put("runId", event.run().runId());
        return event(event, role, event.run().job().scope(), body)
                .setMetadata(metadata)
                .build();
    }

    private static Object outcome(RunEvent event, boolean isRetriable) {
        RunFacets facets = event.facets();
        return switch (event.state()) {
            case FAIL -> new Failed(facets.error().type(), facets.error().message(), isRetriable, facets.counts());
            case ABORT -> new Cancelled("The run was aborted", ACTOR);
            default -> new Completed(null, boxed(facets.airflow().duration()), facets.counts());
        };
    }

    private static Long boxed(OptionalLong number) {
        return number.isPresent() ? Long.valueOf(number.getAsLong()) : null;
    }

    private AuditEvent.Builder event(RunEvent event, String role, Subject subject, Object body) {
        return AuditEvent.newBuilder()
                .setEventId(id(event, role))
                .setSubject(subject)
                .setOccurredAt(event.time().plus(event.jobType().delay(event.state())))
                .setDetail(event.facets().nominalTime().orElse(null))
                .setProducer(producer)
                .setBody(body);
    }

    private static UUID id(RunEvent event, String role) {
        RunName run = event.run();
        String name = String.join(
                "\0", "openlineage", role, run.job().namespace(), run.job().name(), run.runId(), moment(event, role));
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns what makes one fact of a run different from another. Flink reports a checkpoint until the next one is
     * complete, and it completes the job once.
     */
    private static String moment(RunEvent event, String role) {
        OptionalLong checkpoints = event.facets().checkpoints();
        if (isEnd(event.state())) {
            return event.jobType().hasOneEnd() ? "end" : stateAndTime(event);
        }
        return role.equals(RUN) || checkpoints.isEmpty()
                ? stateAndTime(event)
                : "checkpoint" + '\0' + checkpoints.getAsLong();
    }

    private static String stateAndTime(RunEvent event) {
        return event.state().name() + '\0' + event.time().toEpochMilli();
    }

    private static boolean isEnd(RunState state) {
        return switch (state) {
            case COMPLETE, FAIL, ABORT -> true;
            case START, RUNNING, OTHER -> false;
        };
    }

    /** Returns the sources that an event is about: that of its run, and that of the parent it names. */
    static List<String> sources(RunEvent event) {
        Optional<String> parent = event.parent().map(named -> named.job().namespace());
        return parent.map(other -> List.of(event.run().job().namespace(), other))
                .orElseGet(() -> List.of(event.run().job().namespace()));
    }
}
