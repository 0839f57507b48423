package io.foundling.topology.lifecycle.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.SubjectKind;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveClocks;
import io.foundling.topology.lifecycle.naive.model.NaiveClosing;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What the rules make of subjects of which the test knows what really happened. Faults are counted, and a failure names
 * the life of the subject. Proves rules L6, T12, T13 and T14.
 */
public abstract class GroundTruthContract {

    /** What the settings say by default. */
    private static final long MAX_SKEW_MS = 300_000;

    private static final long ALLOWED_LAG_MS = 5_000;

    static final List<SubjectKind> KINDS = List.of(SubjectKind.RECORD, SubjectKind.OPERATION);
    static final List<Long> GAPS_MS = List.of(100L, 1_000L, 2_000L, 5_000L, 10_000L, 20_000L, 60_000L, 600_000L);
    static final List<Long> SKEWS_MS = List.of(0L, 20L, 1_000L, 5_000L, 60_000L, 600_000L);

    /** Gaps and skews at which runs without numbers can be told apart. */
    private static final long DECIDABLE_GAP_MS = 20_000;

    private static final long DECIDABLE_SKEW_MS = 1_000;

    private static final int SUBJECTS = 40;

    public abstract LifecycleUnderTest newSubject(NaiveSettings settings);

    @Test
    void shouldFindNoFaultWhenRunsAreNumbered() {
        for (Circumstances each : circumstances(true, true)) {
            for (int seed = 0; seed < SUBJECTS; seed++) {
                assertNoFault(SubjectLife.draw(each, seed));
            }
        }
    }

    @Test
    void shouldFindNoFaultWhenRunsWithoutNumbersAreTwentySecondsApart() {
        for (Circumstances each : decidable(false)) {
            for (int seed = 0; seed < 2 * SUBJECTS; seed++) {
                assertNoFault(SubjectLife.draw(each, seed));
            }
        }
    }

    @Test
    void shouldFindNoFaultWhenTheEndsOfRunsOvertakeTheirBeginnings() {
        for (Circumstances each : decidable(true)) {
            for (int seed = 0; seed < 8 * SUBJECTS; seed++) {
                TrueSubject subject = SubjectLife.draw(each, seed);
                if (!subject.ambiguous()) {
                    assertNoFault(subject);
                }
            }
        }
    }

    /** Proves rules P6 and P7. */
    @Test
    void shouldWarnOfTheMissingMembersWhenABatchIsUsedAgain() {
        Faults found = Faults.NONE;
        for (Circumstances each : circumstances(SubjectKind.BATCH)) {
            NaiveSettings ofBatch = settings(each);
            NaiveSettings ofMember =
                    new NaiveSettings(0, BatchLife.SETTLE_GRACE_MS, new NaiveClocks(true, MAX_SKEW_MS, ALLOWED_LAG_MS));
            for (int seed = 0; seed < SUBJECTS; seed++) {
                BatchLife batch = BatchLife.draw(each, seed);
                TreeMap<Long, Map<String, List<NaiveClosing>>> closings = batch.closings(newSubject(ofBatch));
                for (TrueSubject member : batch.members()) {
                    Faults faults = Walk.live(
                            member,
                            newSubject(ofMember),
                            nowMs -> closings.floorEntry(nowMs).getValue());
                    assertThat(faults.none())
                            .as("%s in %s with %s", faults, member.story(), closings)
                            .isTrue();
                    found = found.plus(faults);
                }
            }
        }
        assertThat(found.runs()).isGreaterThan(1_000);
    }

    private static List<Circumstances> circumstances(SubjectKind kind) {
        List<Circumstances> all = new ArrayList<>();
        for (Circumstances each : decidable(false)) {
            all.add(new Circumstances(kind, false, false, each.gapMs(), each.skewMs()));
            all.add(new Circumstances(kind, true, false, each.gapMs(), each.skewMs()));
        }
        return all;
    }

    @Test
    void shouldEndInTheTruthWhenReportsAreReadInAnyOrder() {
        for (Circumstances each : decidable(false)) {
            for (int seed = 0; seed < SUBJECTS; seed++) {
                TrueSubject subject = SubjectLife.draw(each, seed);
                List<Report> order = new ArrayList<>(subject.reports());
                Collections.shuffle(order, new Random(seed));
                Faults faults = Walk.late(subject, order, newSubject(settings(each)));
                assertThat(faults.none())
                        .as("%s in %s", faults, subject.story())
                        .isTrue();
            }
        }
    }

    /** Otherwise the other tests would find nothing. */
    @Test
    void shouldFindFalseAndLostOrphansWhenClocksAreTakenForExact() {
        // Given
        Faults found = Faults.NONE;
        for (Circumstances each : decidable(true)) {
            for (int seed = 0; seed < SUBJECTS; seed++) {
                found = found.plus(Walk.live(
                        SubjectLife.draw(each, seed), newSubject(settings(each).with(NaiveClocks.EXACT))));
            }
        }

        // Then
        assertThat(found.falseOrphans()).as("%s", found).isGreaterThan(found.runs() / 100);
        assertThat(found.wrongStatuses()).as("%s", found).isGreaterThan(found.subjects() / 100);
    }

    private void assertNoFault(TrueSubject subject) {
        Faults faults = Walk.live(subject, newSubject(settings(subject.circumstances())));
        assertThat(faults.none()).as("%s in %s", faults, subject.story()).isTrue();
    }

    static NaiveSettings settings(Circumstances circumstances) {
        boolean ofRecord = circumstances.kind() == SubjectKind.RECORD;
        return new NaiveSettings(0, 0, new NaiveClocks(ofRecord, MAX_SKEW_MS, ALLOWED_LAG_MS));
    }

    private static List<Circumstances> decidable(boolean racing) {
        return circumstances(false, racing).stream()
                .filter(each -> each.gapMs() >= DECIDABLE_GAP_MS && each.skewMs() <= DECIDABLE_SKEW_MS)
                .toList();
    }

    private static List<Circumstances> circumstances(boolean numbered, boolean racing) {
        List<Circumstances> all = new ArrayList<>();
        for (SubjectKind kind : KINDS) {
            for (long gapMs : GAPS_MS) {
                for (long skewMs : SKEWS_MS) {
                    all.add(new Circumstances(kind, numbered, racing, gapMs, skewMs));
                }
            }
        }
        return all;
    }
}
