package io.foundling.intake.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.audit.AuditEvent;
import io.foundling.console.access.Caller;
import io.foundling.console.web.Shown;
import io.foundling.intake.EventSink;
import io.foundling.intake.IntakeListener;
import io.foundling.intake.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes events of OpenLineage from one caller: each is translated by itself, and all are recorded together. Any thread. */
final class LineageReceiver {

    private static final String NO_RUN = "it is about a job or a dataset, and not about a run";

    private static final int FORBIDDEN = 403;
    private static final int UNPROCESSABLE = 422;

    private final EventSink sink;
    private final IntakeListener listener;

    /** @param listener counts events that are refused here; the sink counts what they become */
    LineageReceiver(EventSink sink, IntakeListener listener) {
        this.sink = sink;
        this.listener = listener;
    }

    /**
     * Returns what became of each event, in their order.
     *
     * @param events as they were parsed
     */
    List<LineageResult> receive(Caller caller, List<JsonNode> events) {
        LineageTranslation translation = new LineageTranslation(caller.name());
        List<LineageResult> read = events.stream()
                .map(event -> translated(caller, translation, event))
                .toList();
        List<AuditEvent> translated = new ArrayList<>();
        for (LineageResult result : read) {
            if (result instanceof LineageResult.Accepted accepted) {
                translated.addAll(accepted.events());
            }
        }
        listener.received(IntakeListener.Result.REFUSED, (int)
                read.stream().filter(LineageResult.Refused.class::isInstance).count());
        return recorded(read, translated.isEmpty() ? List.of() : sink.record(translated));
    }

    /** Accepted here means: there are audit events to record. */
    private static LineageResult translated(Caller caller, LineageTranslation translation, JsonNode json) {
        try {
            Optional<RunEvent> event = RunEvent.of(json);
            if (event.isEmpty()) {
                return new LineageResult.Ignored(NO_RUN);
            }
            for (String source : LineageTranslation.sources(event.get())) {
                if (!caller.maySee(source)) {
                    return new LineageResult.Refused(
                            FORBIDDEN,
                            "the source " + Shown.of(source) + " is none of the sources of your credentials");
                }
            }
            return new LineageResult.Accepted(translation.of(event.get()));
        } catch (InvalidLineageException invalid) {
            return new LineageResult.Refused(UNPROCESSABLE, invalid.getMessage());
        }
    }

    private static List<LineageResult> recorded(List<LineageResult> read, List<Outcome> outcomes) {
        List<LineageResult> results = new ArrayList<>();
        int next = 0;
        for (LineageResult result : read) {
            if (result instanceof LineageResult.Accepted accepted) {
                int end = next + accepted.events().size();
                results.add(worst(accepted, outcomes.subList(next, end)));
                next = end;
            } else {
                results.add(result);
            }
        }
        return results;
    }

    /** What is not durable comes first: a repeat records it, and is refused for the rest. */
    private static LineageResult worst(LineageResult.Accepted accepted, List<Outcome> outcomes) {
        LineageResult worst = accepted;
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Unavailable unavailable) {
                return new LineageResult.Unavailable(unavailable.reason());
            }
            if (outcome instanceof Outcome.Refused refused) {
                worst = new LineageResult.Refused(UNPROCESSABLE, refused.reason());
            }
        }
        return worst;
    }
}
