package io.foundling.topology.lifecycle.naive.model;

import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactEvent;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactTexts;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.Times;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An event in the writing, for tests that say only what matters to them. What is not said is: no number, no parent, no
 * deadline, grace 0, appended when it happened. The id is derived from everything else said, so that the same words make a duplicate.
 */
public final class NaiveEventDraft {

    private final Optional<FactType> type;
    private final long occurredAtMs;
    private final Map<String, String> metadata = new TreeMap<>();
    private Optional<UUID> eventId = Optional.empty();
    private int attempt;
    private String parent = "";
    private long deadlineMs = Times.NEVER;
    private long graceMs;
    private String rule = "";
    private String detail = "";
    private String waitingOn = "";
    private String reason = "";
    private String externalId = "";
    private String promisedBy = "";
    private String outputHash = "";
    private long durationMs = Fact.NOT_SAID;
    private Map<String, Long> counts = Map.of();
    private Optional<Long> appendedAtMs = Optional.empty();

    private NaiveEventDraft(Optional<FactType> type, long occurredAtMs) {
        this.type = type;
        this.occurredAtMs = occurredAtMs;
    }

    public static NaiveEventDraft of(FactType type, long occurredAtMs) {
        return new NaiveEventDraft(Optional.of(type), occurredAtMs);
    }

    public static NaiveEventDraft annotated(long occurredAtMs) {
        return new NaiveEventDraft(Optional.empty(), occurredAtMs);
    }

    public NaiveEventDraft attempt(int number) {
        attempt = number;
        return this;
    }

    public NaiveEventDraft parent(String key) {
        parent = key;
        return this;
    }

    public NaiveEventDraft due(long dueAtMs) {
        return deadline(dueAtMs, type.filter(FactType.EXTENDED::equals).isPresent() ? "extended" : "dueAt");
    }

    public NaiveEventDraft deadline(long newDeadlineMs, String by) {
        deadlineMs = newDeadlineMs;
        rule = by;
        return this;
    }

    public NaiveEventDraft grace(long newGraceMs) {
        graceMs = newGraceMs;
        return this;
    }

    public NaiveEventDraft detail(String text) {
        detail = text;
        return this;
    }

    public NaiveEventDraft waitingOn(String text) {
        waitingOn = text;
        return this;
    }

    public NaiveEventDraft reason(String text) {
        reason = text;
        return this;
    }

    public NaiveEventDraft externalId(String text) {
        externalId = text;
        return this;
    }

    public NaiveEventDraft promisedBy(String text) {
        promisedBy = text;
        return this;
    }

    public NaiveEventDraft outputHash(String text) {
        outputHash = text;
        return this;
    }

    public NaiveEventDraft duration(long ms) {
        durationMs = ms;
        return this;
    }

    public NaiveEventDraft counts(Map<String, Long> numbers) {
        counts = numbers;
        return this;
    }

    public NaiveEventDraft metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    public NaiveEventDraft id(UUID id) {
        eventId = Optional.of(id);
        return this;
    }

    public NaiveEventDraft id(long high, long low) {
        return id(new UUID(high, low));
    }

    public NaiveEventDraft appended(long ms) {
        appendedAtMs = Optional.of(ms);
        return this;
    }

    public NaiveEvent event() {
        UUID id = eventId.orElseGet(this::derivedId);
        return new NaiveEvent(
                type.map(known -> fact(known, id)),
                id,
                attempt,
                occurredAtMs,
                metadata,
                appendedAtMs.orElse(occurredAtMs));
    }

    private UUID derivedId() {
        String said = type.map(known -> fact(known, new UUID(0, 0)).toString()).orElse("annotated " + occurredAtMs);
        return UUID.nameUUIDFromBytes((said + metadata).getBytes(StandardCharsets.UTF_8));
    }

    private Fact fact(FactType known, UUID id) {
        return new Fact(
                known,
                attempt,
                occurredAtMs,
                new FactEvent(id, appendedAtMs.orElse(occurredAtMs)),
                parent,
                new Deadline(deadlineMs, graceMs, rule),
                new FactTexts(detail, waitingOn, reason, externalId, promisedBy, outputHash),
                FactNumbers.of(Fact.NOT_SAID, durationMs, counts));
    }
}
