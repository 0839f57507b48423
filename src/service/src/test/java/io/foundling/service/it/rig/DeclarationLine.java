package io.foundling.service.it.rig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * A line of the log of declarations, and what it means: a second reading of the description of the input that shares no
 * code with the mapping under test.
 */
public record DeclarationLine(String text, String declaration, String activity, String timestamp, String role) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final long APPROVAL_MS = Duration.ofDays(14).toMillis();
    private static final long PAYMENT_RUN_MS = Duration.ofDays(5).toMillis();

    public static DeclarationLine parse(String line) {
        try {
            JsonNode fields = JSON.readTree(line);
            return new DeclarationLine(
                    line,
                    fields.get("case").textValue(),
                    fields.get("activity").textValue(),
                    fields.get("timestamp").textValue(),
                    fields.get("role").textValue());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a line of the log: " + line, e);
        }
    }

    public String subjectKey() {
        return "record/university/declaration/" + declaration;
    }

    public long occurredAtMs() {
        return OffsetDateTime.parse(timestamp).toInstant().toEpochMilli();
    }

    /** Returns the event; no two lines of the log are the same one. */
    public NaiveEvent event() {
        return draft().event();
    }

    private NaiveEventDraft draft() {
        long atMs = occurredAtMs();
        if (activity.startsWith("Declaration SAVED by ")) {
            return NaiveEventDraft.of(FactType.OPENED, atMs).deadline(Times.NEVER, "");
        } else if (activity.startsWith("Declaration SUBMITTED by ")) {
            return NaiveEventDraft.of(FactType.DEFERRED, atMs).deadline(atMs + APPROVAL_MS, "policy:approval");
        } else if (activity.equals("Request Payment")) {
            return NaiveEventDraft.of(FactType.PENDING, atMs)
                    .deadline(atMs + PAYMENT_RUN_MS, "policy:payment-run")
                    .duration(0);
        } else if (activity.equals("Payment Handled")) {
            return NaiveEventDraft.of(FactType.COMPLETED, atMs);
        } else if (activity.startsWith("Declaration REJECTED by ")) {
            return NaiveEventDraft.of(FactType.FAILED, atMs).reason("REJECTED: " + activity);
        } else if (activity.contains("APPROVED by ")) {
            return NaiveEventDraft.annotated(atMs).metadata(role, timestamp);
        }
        throw new IllegalArgumentException("the description of the input does not know the activity " + activity);
    }
}
