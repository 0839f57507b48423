package io.foundling.topology.harness;

import io.foundling.audit.ViolationType;
import io.foundling.topology.store.NameLimit;
import io.foundling.topology.store.Tally;
import io.foundling.topology.store.WithoutIds;
import io.foundling.topology.task.DropReport;
import io.foundling.topology.task.EventResult;
import io.foundling.topology.task.LedgerListener;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers what the ledger reported to its listener. */
public final class RecordingListener implements LedgerListener {

    private final List<EventResult> results = new ArrayList<>();
    private final Map<String, Integer> deadLetters = new TreeMap<>();
    private final Map<ViolationType, Integer> violations = new EnumMap<>(ViolationType.class);
    private final Map<String, Long> withoutId = new TreeMap<>();
    private final Map<String, Integer> outOfStep = new TreeMap<>();
    private final List<DropReport> dropped = new ArrayList<>();
    private int expectedLeftOut;
    private final Map<String, Map<String, Long>> subjects = new TreeMap<>();
    private final Map<String, Long> unwatched = new TreeMap<>();
    private final Map<String, Long> orphans = new TreeMap<>();
    private final Map<String, Long> setAside = new TreeMap<>();
    private final Map<String, Long> delays = new TreeMap<>();
    private final Map<String, Long> held = new TreeMap<>();
    private final List<NameLimit.Use> countedTogether = new ArrayList<>();
    private final List<Integer> sweeps = new ArrayList<>();
    private final Map<String, Long> gaps = new TreeMap<>();
    private int warned;
    private int recovered;
    private int withdrawn;
    private int entriesFailed;
    private int retimed;
    private long clockMs;

    /** Returns what became of each record, in order of reading. */
    public List<EventResult> results() {
        return results;
    }

    public int deadLetters(String reason) {
        return deadLetters.getOrDefault(reason, 0);
    }

    public int violations(ViolationType type) {
        return violations.getOrDefault(type, 0);
    }

    /** Returns how many events had no subject id, by {@code source/stage/body}. */
    public Map<String, Long> withoutId() {
        return withoutId;
    }

    /** Returns how many facts were put out of step, by source. */
    public Map<String, Integer> outOfStep() {
        return outOfStep;
    }

    /** Returns what reporters said of events that they dropped, in order of reading. */
    public List<DropReport> dropped() {
        return dropped;
    }

    /** Returns how many Expecteds of expectations that are not in force were left out. */
    public int leftOut() {
        return expectedLeftOut;
    }

    /** Returns how many entries are set aside, by kind. */
    public Map<String, Long> setAside() {
        return setAside;
    }

    @Override
    public void setAside(String task, String kind, long count) {
        setAside.put(kind, count);
    }

    /** Returns the newest tally by {@code source/stage}, then bucket. */
    public Map<String, Map<String, Long>> subjects() {
        return subjects;
    }

    /** Returns the newest tallies added up, by bucket: also of subjects whose source and stage have none any more. */
    public Map<String, Long> allSubjects() {
        Map<String, Long> all = new TreeMap<>();
        subjects.values().forEach(tally -> tally.forEach((bucket, count) -> all.merge(bucket, count, Long::sum)));
        return all;
    }

    /** Returns the newest count of unwatched subjects by {@code source/stage}. */
    public Map<String, Long> unwatched() {
        return unwatched;
    }

    /** Returns the newest count of orphans by {@code source/stage}. */
    public Map<String, Long> orphans() {
        return orphans;
    }

    public int retimedSubjects() {
        return retimed;
    }

    /** Returns the newest delay of each source that ever had one. */
    public Map<String, Long> delays() {
        return delays;
    }

    /** Returns how many subjects of each source were held when that was last reported. */
    public Map<String, Long> held() {
        return held;
    }

    /** Returns for what names were counted together, as often as it was reported. */
    public List<NameLimit.Use> countedTogether() {
        return countedTogether;
    }

    /** Returns how many entries each sweep dealt with that found any due. */
    public List<Integer> sweeps() {
        return sweeps;
    }

    public int warningsEmitted() {
        return warned;
    }

    public int recoveries() {
        return recovered;
    }

    public int withdrawals() {
        return withdrawn;
    }

    public int entriesFailed() {
        return entriesFailed;
    }

    /** Returns how many offsets of a topic were deleted unread. */
    public long gap(String topic) {
        return gaps.getOrDefault(topic, 0L);
    }

    /** Returns the audit clock as the last sweep saw it. */
    public long clockMs() {
        return clockMs;
    }

    @Override
    public void eventRead(String topic, EventResult result) {
        results.add(result);
    }

    @Override
    public void outOfStep(String source, int count) {
        outOfStep.merge(source, count, Integer::sum);
    }

    @Override
    public void dropped(DropReport report) {
        dropped.add(report);
    }

    @Override
    public void expectedLeftOut() {
        expectedLeftOut++;
    }

    @Override
    public void withoutId(String task, WithoutIds.EventOrigin origin, long count) {
        withoutId.put(origin.source() + '/' + origin.stage() + '/' + origin.body(), count);
    }

    @Override
    public void deadLetter(String reason) {
        deadLetters.merge(reason, 1, Integer::sum);
    }

    @Override
    public void violation(ViolationType type) {
        violations.merge(type, 1, Integer::sum);
    }

    @Override
    public void warningEmitted() {
        warned++;
    }

    @Override
    public void recovered() {
        recovered++;
    }

    @Override
    public void withdrawn() {
        withdrawn++;
    }

    @Override
    public void expiriesSwept(int count, long nanos) {
        sweeps.add(count);
    }

    @Override
    public void entryFailed() {
        entriesFailed++;
    }

    @Override
    public void gap(String topic, int partition, long offsets) {
        gaps.merge(topic, offsets, Long::sum);
    }

    @Override
    public void clock(String task, long now) {
        clockMs = now;
    }

    @Override
    public void retimed() {
        retimed++;
    }

    @Override
    public void delay(String task, String source, long delayMs) {
        delays.put(source, delayMs);
    }

    @Override
    public void held(String task, String source, long count) {
        held.put(source, count);
    }

    @Override
    public void namesCountedTogether(NameLimit.Use use) {
        countedTogether.add(use);
    }

    @Override
    public void tally(String task, String source, String stage, Tally tally) {
        String name = source + '/' + stage;
        if (tally.equals(Tally.NONE)) {
            subjects.remove(name);
            unwatched.remove(name);
            orphans.remove(name);
            return;
        }
        subjects.put(
                name,
                new TreeMap<>(Map.of(
                        "known", tally.known(),
                        "awaiting", tally.awaiting(),
                        "outcomes", tally.outcomes(),
                        "retired", tally.retired(),
                        "removed", tally.removed())));
        unwatched.put(name, tally.unwatched());
        orphans.put(name, tally.orphans());
    }
}
