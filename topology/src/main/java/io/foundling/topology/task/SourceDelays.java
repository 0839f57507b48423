package io.foundling.topology.task;

import io.foundling.schemas.SubjectKey;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.lifecycle.Delay;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LateEvents;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.store.NameLimit;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The delays of the sources of a task (rule T16). They are kept in memory, and stored with time to spare: a source whose
 * events all come late costs one write a minute for each step of its delay, a punctual one costs none. For the stream
 * thread of the ledger task.
 */
public final class SourceDelays {

    /** In place of a source, none of which has an empty name: those that have a delay in common. */
    private static final String COMMON = "";

    /** A lateness is stored for this much longer, at most, than it is remembered. */
    private static final long MAX_SPARE_MS = 60_000;

    private final AuditClock clock;
    private final LedgerStore store;
    private final NameLimit names;
    private final long lateAfterMs;
    private final long graceMs;
    private final long maxHoldMs;
    private final long spareMs;
    private final Map<String, Delay> stored;
    private final Map<String, Delay> delays;
    private final long unknownUntilMs;

    /** Opens the delays of a restored store. One of an earlier version has none, so that they are not known at first. */
    public SourceDelays(AuditClock clock, LedgerStore store, NameLimit names, LateEvents settings, long startMs) {
        this.clock = clock;
        this.store = store;
        this.names = names;
        lateAfterMs = Times.ms(settings.lateAfter());
        graceMs = Times.ms(settings.arrivalGrace());
        maxHoldMs = Times.ms(settings.maxHold());
        spareMs = Math.min(MAX_SPARE_MS, graceMs / 10);
        stored = store.delays();
        delays = new HashMap<>(stored);
        OptionalLong known = store.delaysKnownFromMs();
        unknownUntilMs = known.orElse(store.hasSubjects() ? Times.plus(startMs, graceMs) : Long.MIN_VALUE);
        if (known.isEmpty()) {
            store.delaysKnownFromMs(unknownUntilMs);
        }
    }

    /** Returns the delay of the source of a subject. */
    public Delay ofSubject(String subjectKey) {
        return delays.isEmpty() && !isUnknown()
                ? Delay.NONE
                : of(SubjectKey.parse(subjectKey).getSource());
    }

    /** Returns the delay of a source. */
    public Delay of(String source) {
        Delay delay = known(delays, source);
        return isUnknown() ? delay.with(new Delay.Step(Times.NEVER, unknownUntilMs), clock.nowMs()) : delay;
    }

    private boolean isUnknown() {
        return unknownUntilMs != Long.MIN_VALUE && clock.nowMs() <= unknownUntilMs;
    }

    /** Returns the delay of a source if an event changes its subject; that is known once it has been decided on. */
    public Delay with(String source, long appendedAtMs, long latenessMs) {
        return latenessMs > lateAfterMs ? of(source).with(step(appendedAtMs, latenessMs), clock.nowMs()) : of(source);
    }

    /** Remembers the lateness of an event that changed its subject. */
    public void remember(String source, long appendedAtMs, long latenessMs) {
        if (latenessMs <= lateAfterMs) {
            return;
        }
        String key = stored.containsKey(source) || names.admits(NameLimit.Use.DELAYS, stored.size(), source)
                ? source
                : COMMON;
        Delay.Step step = step(appendedAtMs, latenessMs);
        delays.put(key, known(delays, key).with(step, clock.nowMs()));
        Delay before = known(stored, key);
        if (!before.covers(step) || !stored.containsKey(key)) {
            Delay.Step spared = new Delay.Step(step.delayMs(), Times.plus(step.untilMs(), spareMs));
            Delay after = before.with(spared, clock.nowMs());
            stored.put(key, after);
            store.delay(key, after);
        }
    }

    /** A source that gets a delay of its own keeps what it had in common with others. */
    private static Delay known(Map<String, Delay> delays, String source) {
        Delay own = delays.get(source);
        return own == null ? delays.getOrDefault(COMMON, Delay.NONE) : own;
    }

    private Delay.Step step(long appendedAtMs, long latenessMs) {
        long rememberedMs = latenessMs > maxHoldMs ? graceMs : Math.max(latenessMs, graceMs);
        return new Delay.Step(Delay.rounded(latenessMs), Times.plus(appendedAtMs, rememberedMs));
    }

    /** Returns the delays at present, by source; those that sources have in common under an empty name. */
    public Map<String, Long> bySource() {
        Map<String, Long> bySource = new HashMap<>();
        delays.forEach((source, delay) -> bySource.put(source, delay.atMs(clock.nowMs())));
        return bySource;
    }

    /** Forgets the delays of sources whose events come in time again. */
    public void forgetThoseThatAreOver() {
        stored.entrySet().removeIf(each -> {
            boolean over = each.getValue().isOver(clock.nowMs());
            if (over) {
                delays.remove(each.getKey());
                store.delay(each.getKey(), Delay.NONE);
            }
            return over;
        });
    }
}
