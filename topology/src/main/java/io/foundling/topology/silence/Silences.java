package io.foundling.topology.silence;

import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.lifecycle.Silence;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.SilenceSettings;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.task.BusyTime;
import io.foundling.topology.task.SourceDelays;
import io.foundling.topology.task.TaskClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which sources are silent (rules T26 and T27). Every partition reports to every other what it has heard, so that each
 * decides for itself on the same figures, and no warning waits for an answer. An event costs a look-up in a map; a round
 * one small record for each pair of partitions, and two writes for each source in each report. A quiet source is looked
 * at about once each {@code silence.after}, which reads up to 51 entries. For the stream thread of the ledger task.
 */
public final class Silences {

    /** An audit clock that advances by more than this between two looks had a gap: meanwhile nothing may have been heard. */
    private static final long GAP_MS = 60_000;

    /** A source that was not heard for longer is forgotten: nothing of it is kept any more. */
    private static final long FORGET_MS = HeardStore.HOURS * HeardHour.MS;

    /** A report beyond this is sent in several notes. */
    private static final int MAX_LINES = 500;

    /** How far ahead of the wall time a source may have been heard; anybody can write to a topic. */
    private static final long MAX_AHEAD_MS = 24 * HeardHour.MS;

    private final TaskClock clock;
    private final BusyTime busy;
    private final int partition;
    private final SilenceSettings settings;
    private final NameLimit names;
    private final HeardStore store;
    private final SourceDelays delays;
    private final AccountStore accounts;
    private final SilenceOutput output;
    private final NavigableMap<String, KnownSource> known = new TreeMap<>();
    private final Map<String, HeardLately> unsent = new LinkedHashMap<>();
    private final Set<String> toReview = new LinkedHashSet<>();
    /** The names that have a place: those of the sources that are known, or that were heard and are not known yet. */
    private final Set<String> admitted = new HashSet<>();

    private final ReportedClocks clocks;
    /** Until when a quiet source is not missed yet, as far as that is known: it need not be looked at before. */
    private final Map<String, Long> notMissedUntilMs = new HashMap<>();

    private final long maxHoldMs;
    private final long settlingMs;
    /** How many sources are silent, or were not long ago. */
    private int notable;

    private long lookedMs = AuditClock.UNSET;
    private long sinceMs = AuditClock.UNSET;
    private long nextMs = AuditClock.UNSET;
    private boolean isUrgent;
    private boolean isNews;
    /** On what the sources are being judged; empty once all are. */
    private Optional<HeardNote.Watched> judging = Optional.empty();
    /** The last of them that was judged. */
    private String judgedThrough = "";

    public Silences(
            TaskClock clock,
            BusyTime busy,
            int partition,
            LedgerSettings settings,
            NameLimit names,
            StoredEntries entries,
            SourceDelays delays,
            AccountStore accounts,
            SilenceOutput output) {
        this.clock = clock;
        this.busy = busy;
        this.partition = partition;
        clocks = new ReportedClocks(settings.topics().partitions());
        this.settings = settings.alerting().silence();
        maxHoldMs = Times.ms(settings.lateEvents().maxHold());
        settlingMs = Math.max(Times.ms(settings.lateEvents().arrivalGrace()), this.settings.roundMs());
        this.names = names;
        this.delays = delays;
        this.accounts = accounts;
        this.output = output;
        store = new HeardStore(entries);
        store.load().forEach(this::open);
    }

    private void open(String source, Optional<KnownSource> stored) {
        // Of one that was set aside nobody knows whether it was silent: its subjects are looked at.
        KnownSource before =
                stored.orElseGet(() -> KnownSource.heard(clock.wallMs()).speaking());
        admitted.add(source);
        if (stored.isEmpty() || before.isSilent() && settings.isOff()) {
            replace(source, before.speaking());
        } else {
            take(source, before);
        }
        if (known.get(source).isToReview()) {
            toReview.add(source);
        }
        if (before.isToReport() && !settings.isOff()) {
            long delayMs = delays.of(source).atMs(clock.auditMs());
            unsent.put(source, new HeardLately(before.lastMs(), Math.min(maxHoldMs, delayMs)));
            isUrgent = true;
        }
        accounts.count(Group.silentSource(source), name(), known.get(source).isSilent(), clock.wallMs());
    }

    /** Takes in that a source was heard at a time, by an event with this lateness. */
    public void heard(String source, long atMs, long latenessMs) {
        if (settings.isOff()) {
            return;
        }
        HeardLately lately = unsent.get(source);
        if (lately == null) {
            if (!isAdmitted(source)) {
                return;
            }
            lately = new HeardLately();
            unsent.put(source, lately);
        }
        lately.add(atMs, latenessMs);
        if (notable > 0 && known.containsKey(source) && known.get(source).isSilent()) {
            speaks(source, known.get(source).heardAt(atMs).speaking().toReport(), latenessMs);
            // The other partitions must not take it for silent any longer.
            isUrgent = true;
        }
    }

    private boolean isAdmitted(String source) {
        return admitted.contains(source)
                || names.admits(NameLimit.Use.HEARD_SOURCES, admitted.size(), source) && admitted.add(source);
    }

    /** Takes in what a partition reports; this one reports to itself, too. */
    public void read(HeardNote note) {
        if (settings.isOff()) {
            return;
        }
        note.lines().forEach(this::read);
        note.watched().ifPresent(came -> {
            clocks.report(note.partition(), came);
            isNews = true;
        });
    }

    private void read(HeardNote.Line line) {
        String source = line.source();
        if (line.lastMs() > clock.wallMs() + MAX_AHEAD_MS || !isAdmitted(source)) {
            return;
        }
        store.add(source, line.hour());
        notMissedUntilMs.remove(source);
        KnownSource before = known.get(source);
        KnownSource after = before == null ? KnownSource.heard(line.lastMs()) : before.heardAt(line.lastMs());
        if (after.isSilent() && line.lastMs() > after.silentSinceMs()) {
            speaks(source, after.speaking(), line.latenessMs());
        } else {
            replace(source, after);
            if (after.againMs() != Times.NEVER) {
                late(source, line.lastMs(), line.latenessMs());
            }
        }
    }

    private void take(String source, KnownSource after) {
        KnownSource before = known.put(source, after);
        notable += (after.isNotable() ? 1 : 0) - (before != null && before.isNotable() ? 1 : 0);
        if (after.isSilent() != (before != null && before.isSilent())) {
            output.silent(source, after.isSilent());
        }
    }

    private void replace(String source, KnownSource after) {
        take(source, after);
        store.save(source, after);
    }

    private void speaks(String source, KnownSource speaking, long latenessMs) {
        late(source, speaking.lastMs(), latenessMs);
        turn(source, speaking);
    }

    /** The delay that its events have by now is known in every partition: its warnings are confirmed under it. */
    private void late(String source, long atMs, long latenessMs) {
        delays.remember(source, atMs, Math.min(maxHoldMs, latenessMs));
    }

    private void turn(String source, KnownSource after) {
        replace(source, after);
        toReview.add(source);
        accounts.count(Group.silentSource(source), name(), after.isSilent(), clock.wallMs());
    }

    private String name() {
        return "partition " + partition;
    }

    /** Whether sources are to be judged in this turn. */
    public boolean isAnyToJudge() {
        return judging.isPresent() || isNews && clocks.together().isPresent();
    }

    /** Reports what was heard, if it is time to, and judges sources until its time is up. */
    public void run() {
        long nowMs = clock.auditMs();
        if (settings.isOff() || nowMs == AuditClock.UNSET) {
            return;
        }
        if (lookedMs == AuditClock.UNSET || nowMs - lookedMs > GAP_MS) {
            sinceMs = nowMs;
        }
        lookedMs = nowMs;
        if (isUrgent || nowMs >= nextMs) {
            isUrgent = false;
            nextMs = nowMs + settings.roundMs();
            report(nowMs);
        }
        if (isNews && judging.isEmpty()) {
            isNews = false;
            judging = clocks.together();
            judgedThrough = "";
        }
        judging.ifPresent(this::judge);
    }

    private void report(long nowMs) {
        if (known.isEmpty() && unsent.isEmpty()) {
            return;
        }
        List<HeardNote.Line> lines = new ArrayList<>();
        unsent.forEach((source, lately) -> lines.addAll(lately.lines(source)));
        unsent.keySet().stream()
                .filter(source -> known.containsKey(source) && known.get(source).isToReport())
                .forEach(source -> replace(source, known.get(source).reported()));
        unsent.clear();
        int from = 0;
        for (; lines.size() - from > MAX_LINES; from += MAX_LINES) {
            output.send(new HeardNote(partition, lines.subList(from, from + MAX_LINES), Optional.empty()));
        }
        output.send(new HeardNote(
                partition, lines.subList(from, lines.size()), Optional.of(new HeardNote.Watched(nowMs, sinceMs))));
    }

    /** Goes on with judging all sources on the same figures, at least one in a turn. */
    private void judge(HeardNote.Watched on) {
        busy.begin();
        boolean isTimeLeft = true;
        Map.Entry<String, KnownSource> next = known.higherEntry(judgedThrough);
        while (next != null && isTimeLeft) {
            judgedThrough = next.getKey();
            judge(next.getKey(), next.getValue(), on);
            isTimeLeft = busy.isLeft();
            next = known.higherEntry(judgedThrough);
        }
        if (next == null) {
            judging = Optional.empty();
        }
    }

    private void judge(String name, KnownSource source, HeardNote.Watched on) {
        long throughMs = on.throughMs();
        if (!source.isSilent() && throughMs - source.lastMs() > FORGET_MS && !source.isToReview()) {
            forget(name, source);
        } else if (!source.isSilent() && isMissed(name, source, on)) {
            turn(name, source.silent());
        } else if (source.againMs() != Times.NEVER && throughMs - source.againMs() > Math.max(maxHoldMs, settlingMs)) {
            replace(name, source.settled());
        }
    }

    private void forget(String name, KnownSource source) {
        take(name, source.settled());
        known.remove(name);
        admitted.remove(name);
        notMissedUntilMs.remove(name);
        store.forget(name);
    }

    private boolean isMissed(String name, KnownSource source, HeardNote.Watched on) {
        long throughMs = on.throughMs();
        long fromMs = Math.max(source.lastMs(), on.sinceMs());
        long afterMs = Times.ms(settings.after());
        if (throughMs - fromMs <= afterMs
                || source.lastMs() - source.firstMs() < Times.ms(settings.history())
                || throughMs <= notMissedUntilMs.getOrDefault(name, Long.MIN_VALUE)) {
            return false;
        }
        long untilMs = new Norm(source, hour -> store.inPlaceOf(name, hour))
                .notMissedUntilMs(fromMs, throughMs, settings.events(), afterMs);
        notMissedUntilMs.put(name, untilMs);
        return untilMs < throughMs;
    }

    /** Returns whether the source of a subject is silent, or was until not long ago. */
    public Silence of(String subjectKey) {
        if (notable == 0) {
            return Silence.NONE;
        }
        KnownSource source = known.get(SubjectKey.parse(subjectKey).getSource());
        if (source == null || !source.isNotable()) {
            return Silence.NONE;
        }
        return new Silence(
                source.silentSinceMs(), source.isSilent() ? Times.NEVER : Times.plus(source.againMs(), settlingMs));
    }

    /** Returns a source that has become silent or was heard again, and whose subjects are to be looked at now. */
    public Optional<String> nextToReview() {
        Optional<String> next = toReview.stream().findFirst();
        next.ifPresent(toReview::remove);
        return next;
    }

    /** Whether there is such a source. */
    public boolean isAnyToReview() {
        return !toReview.isEmpty();
    }

    /** Takes in that all subjects of a source were looked at. */
    public void reviewed(String source) {
        KnownSource of = known.get(source);
        if (of != null && !toReview.contains(source)) {
            replace(source, of.reviewed());
        }
    }
}
