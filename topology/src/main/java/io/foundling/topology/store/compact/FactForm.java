package io.foundling.topology.store.compact;

import io.foundling.topology.lifecycle.Chain;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactEvent;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactTexts;
import io.foundling.topology.lifecycle.FactType;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** A fact: type, times and id, and a bit for each further part. */
final class FactForm {

    private static final int ATTEMPT = 1;
    private static final int PARENT = 1 << 1;
    private static final int DEADLINE = 1 << 2;
    private static final int DURATION = 1 << 3;
    private static final int TIMED_ID = 1 << 4;
    private static final int DETAIL = 1 << 5;
    private static final int WAITING_ON = 1 << 6;
    private static final int REASON = 1 << 7;
    private static final int EXTERNAL_ID = 1 << 8;
    private static final int PROMISED_BY = 1 << 9;
    private static final int OUTPUT_HASH = 1 << 10;
    private static final int EXPECTED_MEMBERS = 1 << 11;
    private static final int COUNTS = 1 << 12;
    private static final int CHAIN = 1 << 13;
    private static final int ALL = (1 << 14) - 1;

    /** The version of ids that begin with a time. */
    private static final int TIME_ORDERED = 7;

    private FactForm() {}

    static void write(Fact fact, CompactWriter out) throws IOException {
        FactTexts texts = fact.texts();
        FactNumbers numbers = fact.numbers();
        int parts = bit(ATTEMPT, fact.attempt() != 0)
                | bit(PARENT, !fact.parent().isEmpty())
                | bit(DEADLINE, !fact.deadline().equals(Deadline.NONE))
                | bit(DURATION, numbers.durationMs() != Fact.NOT_SAID)
                | bit(TIMED_ID, fact.eventId().version() == TIME_ORDERED)
                | bit(DETAIL, !texts.detail().isEmpty())
                | bit(WAITING_ON, !texts.waitingOn().isEmpty())
                | bit(REASON, !texts.reason().isEmpty())
                | bit(EXTERNAL_ID, !texts.externalId().isEmpty())
                | bit(PROMISED_BY, !texts.promisedBy().isEmpty())
                | bit(OUTPUT_HASH, !texts.outputHash().isEmpty())
                | bit(EXPECTED_MEMBERS, numbers.expectedMembers() != Fact.NOT_SAID)
                | bit(COUNTS, !numbers.counts().isEmpty())
                | bit(CHAIN, !numbers.chain().equals(Chain.NONE));
        out.number(parts);
        out.constant(Codes.FACT_TYPES, fact.type());
        out.time(fact.occurredAtMs());
        if (has(parts, TIMED_ID)) {
            out.timedId(fact.eventId(), fact.occurredAtMs());
        } else {
            out.id(fact.eventId());
        }
        out.number(fact.event().appendedAtMs() - fact.occurredAtMs());
        if (has(parts, ATTEMPT)) {
            out.number(fact.attempt());
        }
        text(out, parts, PARENT, fact.parent());
        if (has(parts, DEADLINE)) {
            DeadlineForm.write(fact.deadline(), out);
        }
        text(out, parts, DETAIL, texts.detail());
        text(out, parts, WAITING_ON, texts.waitingOn());
        text(out, parts, REASON, texts.reason());
        text(out, parts, EXTERNAL_ID, texts.externalId());
        text(out, parts, PROMISED_BY, texts.promisedBy());
        text(out, parts, OUTPUT_HASH, texts.outputHash());
        write(numbers, parts, out);
    }

    private static void write(FactNumbers numbers, int parts, CompactWriter out) throws IOException {
        if (has(parts, EXPECTED_MEMBERS)) {
            out.number(numbers.expectedMembers());
        }
        if (has(parts, DURATION)) {
            out.number(numbers.durationMs());
        }
        if (has(parts, COUNTS)) {
            out.number(numbers.counts().size());
            for (Map.Entry<String, Long> each : numbers.counts().entrySet()) {
                out.text(each.getKey());
                out.number(each.getValue());
            }
        }
        if (has(parts, CHAIN)) {
            out.time(numbers.chain().firstMs());
            out.number(numbers.chain().gaps());
        }
    }

    static Fact read(CompactReader in) throws IOException {
        int parts = in.whole();
        if ((parts & ~ALL) != 0) {
            throw new IllegalStateException("a fact has unknown parts");
        }
        FactType type = in.constant(Codes.FACT_TYPES);
        long occurredAtMs = in.time();
        UUID eventId = has(parts, TIMED_ID) ? in.timedId(occurredAtMs) : in.id();
        FactEvent event = new FactEvent(eventId, in.number() + occurredAtMs);
        int attempt = has(parts, ATTEMPT) ? in.whole() : 0;
        String parent = text(in, parts, PARENT);
        Deadline deadline = has(parts, DEADLINE) ? DeadlineForm.read(in) : Deadline.NONE;
        FactTexts texts = FactTexts.of(
                text(in, parts, DETAIL),
                text(in, parts, WAITING_ON),
                text(in, parts, REASON),
                text(in, parts, EXTERNAL_ID),
                text(in, parts, PROMISED_BY),
                text(in, parts, OUTPUT_HASH));
        return new Fact(type, attempt, occurredAtMs, event, parent, deadline, texts, numbers(parts, in));
    }

    private static FactNumbers numbers(int parts, CompactReader in) throws IOException {
        long expectedMembers = has(parts, EXPECTED_MEMBERS) ? in.number() : Fact.NOT_SAID;
        long durationMs = has(parts, DURATION) ? in.number() : Fact.NOT_SAID;
        FactNumbers numbers = FactNumbers.of(expectedMembers, durationMs, has(parts, COUNTS) ? counts(in) : Map.of());
        return has(parts, CHAIN) ? numbers.with(new Chain(in.time(), in.whole())) : numbers;
    }

    private static SortedMap<String, Long> counts(CompactReader in) throws IOException {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            counts.put(in.text(), in.number());
        }
        return counts;
    }

    private static int bit(int part, boolean isThere) {
        return isThere ? part : 0;
    }

    private static boolean has(int parts, int part) {
        return (parts & part) != 0;
    }

    private static void text(CompactWriter out, int parts, int part, String text) throws IOException {
        if (has(parts, part)) {
            out.text(text);
        }
    }

    private static String text(CompactReader in, int parts, int part) throws IOException {
        return has(parts, part) ? in.text() : "";
    }
}
