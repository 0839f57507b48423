package io.foundling.topology.lifecycle;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;

/**
 * One fact about a subject, reduced to what decides its disposition.
 *
 * @param attempt the attempt's number, from 1; 0 if the event has none; -n if it has none and stays in attempt n, though
 *     facts that placed it there are gone (rule B2)
 * @param occurredAtMs when it happened, in epoch milliseconds
 * @param parent subject key of the parent, or an empty text
 * @param deadline when the status of this fact must have moved on; for EXTENDED the new deadline
 */
public record Fact(
        FactType type,
        int attempt,
        long occurredAtMs,
        FactEvent event,
        String parent,
        Deadline deadline,
        FactTexts texts,
        FactNumbers numbers) {

    /** A number that the event does not have. */
    public static final long NOT_SAID = -1;

    /** A subject never has that many facts. */
    private static final int MAX_REBUILT = 0xFFF;

    /** The one total order: (occurredAt, rank, eventId as bytes). */
    public static final Comparator<Fact> TOTAL_ORDER = Comparator.comparingLong(Fact::occurredAtMs)
            .thenComparingInt(fact -> fact.type().rank())
            .thenComparing(Fact::eventId, Fact::compareAsBytes);

    public Fact {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(event, "event");
    }

    /** Whether the event gave the number of its attempt. */
    public boolean isNumbered() {
        return attempt > 0;
    }

    /** Returns the attempt in which a fact without a number stays; 0 if rule L6 places it. */
    int keptIn() {
        return Math.max(0, -attempt);
    }

    /** Returns this fact without a number as one that stays in an attempt. */
    Fact keptIn(int number) {
        return new Fact(type, -number, occurredAtMs, event, parent, deadline, texts, numbers);
    }

    /** Returns a fact whose event was appended when it happened. */
    public Fact(
            FactType type,
            int attempt,
            long occurredAtMs,
            UUID eventId,
            String parent,
            Deadline deadline,
            FactTexts texts,
            FactNumbers numbers) {
        this(type, attempt, occurredAtMs, new FactEvent(eventId, occurredAtMs), parent, deadline, texts, numbers);
    }

    /**
     * Returns the id of a fact that a rebuild makes (rule R6). It has no version, and its second half follows from the
     * rest: a producer that makes up ids without a version does not meet it.
     *
     * @param number tells facts of one subject apart, and orders those of the same time
     */
    public static UUID rebuiltId(FactType type, long occurredAtMs, int number) {
        String content = "rebuilt " + type.name() + ' ' + occurredAtMs + ' ' + number;
        UUID digest = UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
        return new UUID(number, digest.getMostSignificantBits() ^ digest.getLeastSignificantBits());
    }

    private boolean isRebuilt() {
        long number = event.id().getMostSignificantBits();
        // An id with a version has a higher first half: no digest for the facts of a running ledger.
        return number >= 0 && number <= MAX_REBUILT && event.id().equals(rebuiltId(type, occurredAtMs, (int) number));
    }

    public UUID eventId() {
        return event.id();
    }

    FactTime time() {
        return new FactTime(occurredAtMs, event.appendedAtMs());
    }

    /** Returns this fact with another deadline; this one itself if it has that already. */
    public Fact under(Deadline other) {
        return other.equals(deadline)
                ? this
                : new Fact(type, attempt, occurredAtMs, event, parent, other, texts, numbers);
    }

    /** Returns this fact with the number of another attempt. */
    Fact numbered(int number) {
        return new Fact(type, number, occurredAtMs, event, parent, deadline, texts, numbers);
    }

    /** Returns how many members a submission announced; {@link #NOT_SAID} without. */
    long expectedMembers() {
        return numbers.expectedMembers();
    }

    /** Returns how often a declared scope should be completed; {@link #NOT_SAID} without, and of any other fact. */
    long maxAgeMs() {
        return type == FactType.DECLARED ? numbers.durationMs() : NOT_SAID;
    }

    /** Whether the ledger sent it for an expectation (rule E3). */
    public boolean isOfExpectation() {
        return type == FactType.EXPECTED && deadline.expectation().isPresent();
    }

    /** Returns the facts before this one that it replaces. */
    public Chain chain() {
        return numbers.chain();
    }

    /** Returns when the first of the facts happened that it replaces; when it happened itself if it is no chain. */
    public long beganAtMs() {
        return chain().exists() ? chain().firstMs() : occurredAtMs;
    }

    /** Whether a fact could be in one chain with this one: same body, and the same number or none (rules B7 and B8). */
    boolean isAlike(Fact other) {
        return other.type == type && Math.max(0, other.attempt) == Math.max(0, attempt);
    }

    /** Whether a rebuild made this from what was published of another one (rule R6). */
    public boolean standsFor(Fact other) {
        return type == other.type && occurredAtMs == other.occurredAtMs && isRebuilt();
    }

    /** Whether this is a chain within which the other fact happened (rules B7 and B8). */
    public boolean covers(Fact other) {
        return chain().exists()
                && isAlike(other)
                && chain().firstMs() <= other.occurredAtMs
                && TOTAL_ORDER.compare(other, this) <= 0
                && (type == FactType.EXTENDED || other.parent.isEmpty() || other.parent.equals(parent));
    }

    /** Returns this fact as the end of a chain that begins with an earlier one and has so many gaps (rules B7 and B8). */
    Fact joinedTo(Fact earlier, int gaps) {
        return new Fact(
                type,
                attempt,
                occurredAtMs,
                event,
                earlier.parent.isEmpty() ? parent : earlier.parent,
                deadline,
                texts.waitingOn().isEmpty() ? texts.waitingOn(earlier.texts.waitingOn()) : texts,
                numbers.with(new Chain(earlier.beganAtMs(), gaps)));
    }

    boolean precedes(Fact other) {
        return TOTAL_ORDER.compare(this, other) < 0;
    }

    /** Orders ids as their 16 bytes, unsigned; {@link UUID#compareTo} compares signed halves. */
    public static int compareAsBytes(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
