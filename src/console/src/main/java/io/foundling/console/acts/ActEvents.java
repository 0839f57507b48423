package io.foundling.console.acts;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Texts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes the event of an act. Events have no number of an attempt: one would end the watch for restarts (rule T12). */
final class ActEvents {

    /** Clocks differ by less; a time further ahead is one that somebody made up. */
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private final Producer producer;
    private final InstantSource clock;

    ActEvents(Producer producer, InstantSource clock) {
        this.producer = producer;
        this.clock = clock;
    }

    AuditEvent of(Instruction instruction, Subject subject, Optional<Disposition> known) {
        String actor = Texts.truncate(instruction.caller().name(), ActTexts.MAX_BYTES);
        return AuditEvent.newBuilder()
                .setEventId(id(instruction, subject))
                .setSubject(subject)
                .setOccurredAt(occurredAt(known))
                .setMetadata(metadata(instruction, actor))
                .setProducer(producer)
                .setBody(instruction.act().body(actor, instruction.reason()))
                .build();
    }

    /**
     * The same instruction gives a subject the same event, however often it is carried out (rule L4). Of an extension or
     * an expectation that is repeated with a later time, as "6h from now" has, the ledger keeps the first one. Metadata is
     * not part of it.
     */
    static UUID id(Instruction instruction, Subject subject) {
        String name = String.join(
                "\0", "act", instruction.id().toString(), instruction.act().name(), SubjectKey.of(subject));
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** An act is not before what is known of its subject, although the clock of who reported that may be ahead. */
    private Instant occurredAt(Optional<Disposition> known) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        return known.map(Disposition::getLastOccurredAt)
                .filter(last -> last.isAfter(now) && last.isBefore(now.plus(MAX_SKEW)))
                .orElse(now);
    }

    /** What is erased keeps no metadata, so an Erased has none. */
    private static Map<String, String> metadata(Instruction instruction, String actor) {
        if (instruction.act() instanceof Act.Erase) {
            return Map.of();
        }
        Map<String, String> metadata =
                new HashMap<>(Map.of(ActTexts.ACTOR, actor, ActTexts.REASON, instruction.reason()));
        if (instruction.act() instanceof Act.Annotate annotate) {
            metadata.putAll(annotate.metadata());
        }
        return metadata;
    }
}
