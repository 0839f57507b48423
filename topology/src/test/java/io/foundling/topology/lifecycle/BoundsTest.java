package io.foundling.topology.lifecycle;

import static io.foundling.topology.lifecycle.CrowdedSubject.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which facts stay of subjects with more facts than are kept. Proves rules B1 and L7. */
final class BoundsTest {

    private final CrowdedSubject subject = new CrowdedSubject(new NaiveSettings(0));

    @Test
    void shouldDropMiddleRepeatsFirstWhenFactsAreTooMany() {
        // Given
        subject.arrive(FactType.OPENED, 1_000, 1);

        // When
        for (int i = 0; i < 100; i++) {
            subject.arrive(FactType.PENDING, 2_000 + i, 1);
        }
        subject.arrive(FactType.COMPLETED, 3_000, 1);

        // Then
        assertThat(subject.facts()).hasSize(Bounds.MAX_FACTS);
        assertThat(subject.times(FactType.OPENED)).containsExactly(1_000L);
        assertThat(subject.times(FactType.COMPLETED)).containsExactly(3_000L);
        assertThat(subject.times(FactType.PENDING))
                .hasSize(62)
                .startsWith(2_000L)
                .endsWith(2_099L);
        assertThat(subject.view().history()).hasSize(1);
    }

    @Test
    void shouldChangeNothingWhenADroppedRepeatArrivesAgain() {
        // Given
        for (int i = 0; i < 70; i++) {
            subject.arrive(FactType.PENDING, 2_000 + i, 1);
        }
        List<Fact> before = subject.facts();

        // When
        subject.arrive(FactType.PENDING, 2_001, 1);

        // Then
        assertThat(subject.facts()).isEqualTo(before);
    }

    @Test
    void shouldCollapseNothingWhenExtensionsOfAttemptsToComeAreTooMany() {
        // Given
        subject.attempts(1, 31);

        // When
        for (int number = 40; number < 80; number++) {
            subject.arrive(draft(FactType.EXTENDED, 90_000 + number, number).due(99_000));
        }

        // Then
        assertThat(subject.rules().state().collapsed().throughAttempt()).isZero();
        assertThat(subject.facts()).hasSize(Bounds.MAX_FACTS);
        assertThat(subject.times(FactType.EXTENDED)).containsExactly(90_078L, 90_079L);
    }

    @Test
    void shouldCollapseNothingWhenNumbersOutOfRangeAreTooMany() {
        // Given
        subject.attempts(1, 31);

        // When
        for (int number = 200; number < 240; number++) {
            subject.arrive(FactType.OPENED, 90_000 + number, number);
        }

        // Then
        assertThat(subject.rules().state().collapsed().throughAttempt()).isZero();
        assertThat(subject.facts()).hasSize(Bounds.MAX_FACTS);
        assertThat(subject.facts().get(62).attempt()).isEqualTo(238);
    }

    @Test
    void shouldKeepItsNewestFactsWhenNothingElseCanGo() {
        // When
        for (int number = 200; number < 300; number++) {
            subject.arrive(FactType.OPENED, number, number);
        }

        // Then
        assertThat(subject.facts()).hasSize(Bounds.MAX_FACTS);
        assertThat(subject.facts().get(0).attempt()).isEqualTo(236);
    }

    @Test
    void shouldGrowNoFurtherWhenAttemptsRepeatsAndLateArrivalsGoOn() {
        // Given
        hostile(1, 400);
        long size = size();

        // When
        hostile(401, 2_000);

        // Then
        assertThat(size()).isLessThan(size + size / 10);
    }

    /** Proves rule T12. */
    @Test
    void shouldTakeNoHeartbeatForARestartWhenThoseInTimeAreTooMany() {
        // Given
        subject.arrive(draft(FactType.OPENED, 10_000, 0).due(20_000));
        for (int i = 1; i <= 5; i++) {
            subject.arrive(draft(FactType.OPENED, 10_000 + i, 0).due(20_000));
        }

        // When
        for (int i = 1; i <= 100; i++) {
            subject.arrive(draft(FactType.OPENED, 21_000 + i, 0).due(31_000));
        }

        // Then
        assertThat(subject.rules().look(NaiveMoment.at(30_000)))
                .containsExactly(new NaiveChange(NaiveChange.Kind.EMITTED, 1, Status.OPEN, 0));
    }

    @Test
    void shouldLeaveAFactInItsAttemptWhenTheFactThatPlacedItThereGoes() {
        // Given
        subject.arrive(FactType.DEFERRED, 10_000, 0);
        subject.arrive(FactType.DEFERRED, 10_001, 0);
        subject.arrive(draft(FactType.DEFERRED, 10_002, 0).parent("batch/s/t/1"));
        subject.arrive(draft(FactType.DEFERRED, 30_000, 0).parent("batch/s/t/2"));
        assertThat(subject.view().attempt()).isEqualTo(2);

        // When
        for (int i = 0; i < 70; i++) {
            subject.arrive(FactType.DEFERRED, 20_000 + i, 0);
        }

        // Then
        assertThat(subject.times(FactType.DEFERRED)).doesNotContain(10_002L);
        assertThat(subject.view().attempt()).isEqualTo(2);
        assertThat(subject.view().parent()).isEqualTo("batch/s/t/2");
    }

    @Test
    void shouldReportAnAttemptWhenItIsMoreThanAHundredAboveTheCurrentOne() {
        // When
        subject.arrive(FactType.OPENED, 1_000, 1);
        subject.arrive(FactType.OPENED, 2_000, 101);
        subject.arrive(FactType.OPENED, 3_000, 202);

        // Then
        assertThat(subject.view().attempt()).isEqualTo(101);
        assertThat(subject.rules().reportedViolations())
                .containsExactly(new NaiveViolation(202, ViolationType.ATTEMPT_OUT_OF_RANGE));
    }

    /** Proves rule L13. */
    @Test
    void shouldReportNoFurtherViolationsOfASubjectThatHas256() {
        // When
        for (int number = 200; number < 500; number++) {
            subject.arrive(FactType.OPENED, number, number);
        }

        // Then
        assertThat(subject.rules().reportedViolations())
                .hasSize(256)
                .contains(new NaiveViolation(455, ViolationType.ATTEMPT_OUT_OF_RANGE))
                .doesNotContain(new NaiveViolation(456, ViolationType.ATTEMPT_OUT_OF_RANGE));
    }

    /** Attempts with an orphan, extensions, two outcomes, two parents, a repeat and a fact of an attempt long gone. */
    private void hostile(int first, int last) {
        for (int number = first; number <= last; number++) {
            long startMs = number * 1_000L;
            List<NaiveEventDraft> drafts = List.of(
                    draft(FactType.DEFERRED, startMs, number)
                            .parent("batch/s/t/1")
                            .due(startMs + 10),
                    draft(FactType.EXTENDED, startMs + 20, number).due(startMs + 30),
                    draft(FactType.EXTENDED, startMs + 40, number).due(startMs + 50),
                    draft(FactType.COMPLETED, startMs + 60, number).parent("batch/s/t/2"),
                    draft(FactType.FAILED, startMs + 61, number),
                    draft(FactType.DEFERRED, startMs + 70, number),
                    draft(FactType.OPENED, startMs - 100_000, Math.max(1, number - 100)),
                    draft(FactType.OPENED, startMs + 80, number + 5_000));
            drafts.forEach(draft -> subject.rules().arrive(draft.event(), NaiveMoment.at(startMs + 90)));
        }
    }

    private long size() {
        return subject.rules().state().toString().length();
    }
}
