package io.foundling.topology.lifecycle.naive.rules;

import static io.foundling.audit.Status.DEFERRED;
import static io.foundling.audit.Status.PENDING;
import static io.foundling.topology.lifecycle.naive.rules.LifecycleExamples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveChange;
import io.foundling.topology.lifecycle.naive.model.NaiveClosing;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When an active warning is published again. The clock is 11 when it is emitted. Proves rule T25. */
public interface ReminderRules extends LifecycleExamples {

    /** Looks while policies ask for a reminder every 60. */
    private static List<NaiveChange> remind(LifecycleUnderTest subject, long clockMs) {
        return subject.look(NaiveMoment.at(clockMs).repeating(60));
    }

    private static List<NaiveChange> arrive(LifecycleUnderTest subject, long clockMs, NaiveEventDraft event) {
        return subject.arrive(event.event(), NaiveMoment.at(clockMs).repeating(60));
    }

    private LifecycleUnderTest orphan() {
        LifecycleUnderTest subject = having(deferred(1).due(10));
        assertThat(remind(subject, 11)).containsExactly(emitted(1, DEFERRED, 0));
        return subject;
    }

    @Test
    default void shouldRemindWhenTheClockIsGreaterThanEachMultipleOfRepeatAfterEmitting() {
        LifecycleUnderTest subject = orphan();
        assertThat(remind(subject, 11)).isEmpty();
        assertThat(remind(subject, 71)).isEmpty();
        assertThat(remind(subject, 72)).containsExactly(reminded(1, DEFERRED, 0));
        assertThat(remind(subject, 72)).isEmpty();
        assertThat(remind(subject, 131)).isEmpty();
        assertThat(remind(subject, 132)).containsExactly(reminded(1, DEFERRED, 0));
    }

    @Test
    default void shouldRemindAtAnEventToo() {
        LifecycleUnderTest subject = orphan();
        NaiveEventDraft repeat = deferred(1).due(10);
        assertThat(arrive(subject, 72, repeat)).containsExactly(reminded(1, DEFERRED, 0));
        assertThat(arrive(subject, 73, repeat)).isEmpty();
    }

    @Test
    default void shouldRemindOnceWhenSeveralRemindersWereMissed() {
        LifecycleUnderTest subject = orphan();
        assertThat(remind(subject, 11 + 3 * 60 + 20)).containsExactly(reminded(1, DEFERRED, 0));
        assertThat(remind(subject, 11 + 4 * 60)).isEmpty();
        assertThat(remind(subject, 11 + 4 * 60 + 1)).containsExactly(reminded(1, DEFERRED, 0));
    }

    @Test
    default void shouldRemindAgainOnlyWhenTheClockIsThereAgainAfterItWasUnsetOrBehind() {
        LifecycleUnderTest subject = orphan();
        remind(subject, 140);
        assertThat(remind(subject, NaiveMoment.UNSET)).isEmpty();
        assertThat(remind(subject, 90)).isEmpty();
        assertThat(remind(subject, 191)).isEmpty();
        assertThat(remind(subject, 192)).containsExactly(reminded(1, DEFERRED, 0));
    }

    @Test
    default void shouldNotRemindWhenNoPolicyAsksForIt() {
        LifecycleUnderTest subject = orphan();
        assertThat(lookAt(1_000, subject)).isEmpty();
        assertThat(lookAt(Long.MAX_VALUE, subject)).isEmpty();
    }

    @Test
    default void shouldFollowThePoliciesInForce() {
        LifecycleUnderTest subject = orphan();
        remind(subject, 72);
        assertThat(subject.look(NaiveMoment.at(90).repeating(100))).isEmpty();
        assertThat(subject.look(NaiveMoment.at(91).repeating(5))).containsExactly(reminded(1, DEFERRED, 0));
        assertThat(subject.look(NaiveMoment.at(91).repeating(40))).isEmpty();
        assertThat(subject.look(NaiveMoment.at(92).repeating(40))).containsExactly(reminded(1, DEFERRED, 0));
        assertThat(subject.look(NaiveMoment.at(111).repeating(100))).isEmpty();
        assertThat(subject.look(NaiveMoment.at(112).repeating(100))).containsExactly(reminded(1, DEFERRED, 0));
    }

    @Test
    default void shouldRemindAtOnceWhenAReminderWouldHaveBeenDueUnderTheNewPolicy() {
        LifecycleUnderTest subject = having(deferred(1).due(10));
        lookAt(11, subject);
        lookAt(500, subject);
        assertThat(remind(subject, 500)).containsExactly(reminded(1, DEFERRED, 0));
        assertThat(remind(subject, 551)).isEmpty();
        assertThat(remind(subject, 552)).containsExactly(reminded(1, DEFERRED, 0));
    }

    @Test
    default void shouldNotWaitForTheDelayOfTheSource() {
        LifecycleUnderTest subject = orphan();
        NaiveMoment delayed = new NaiveMoment(72, 1_000).repeating(60);
        assertThat(subject.look(delayed)).containsExactly(reminded(1, DEFERRED, 0));
    }

    @Test
    default void shouldUpdateInsteadOfRemindingWhenTheWarningChangesAtTheSameLook() {
        LifecycleUnderTest subject = orphan();
        assertThat(arrive(subject, 72, extended(5, 15))).containsExactly(updated(1, DEFERRED, 0));
        assertThat(remind(subject, 131)).isEmpty();
        assertThat(remind(subject, 132)).containsExactly(reminded(1, DEFERRED, 0));
    }

    @Test
    default void shouldKeepTheTimesOfRemindersWhenTheWarningChangesBetweenThem() {
        LifecycleUnderTest subject = orphan();
        assertThat(arrive(subject, 40, extended(5, 15))).containsExactly(updated(1, DEFERRED, 0));
        assertThat(remind(subject, 71)).isEmpty();
        assertThat(remind(subject, 72)).containsExactly(reminded(1, DEFERRED, 0));
    }

    @Test
    default void shouldRecoverOrWithdrawInsteadOfReminding() {
        LifecycleUnderTest late = orphan();
        assertThat(arrive(late, 72, completed(20))).containsExactly(recovered(1, DEFERRED, 0));
        assertThat(remind(late, 1_000)).isEmpty();
        LifecycleUnderTest inTime = orphan();
        assertThat(arrive(inTime, 72, completed(9))).containsExactly(withdrawn(1, DEFERRED, 0));
        assertThat(remind(inTime, 1_000)).isEmpty();
    }

    @Test
    default void shouldRemindFromTheNextWarningOnWhenTheSubjectIsAnOrphanAgain() {
        LifecycleUnderTest subject = orphan();
        remind(subject, 72);
        assertThat(arrive(subject, 80, pending(20).due(30)))
                .containsExactlyInAnyOrder(recovered(1, DEFERRED, 0), emitted(1, PENDING, 0));
        assertThat(remind(subject, 140)).isEmpty();
        assertThat(remind(subject, 141)).containsExactly(reminded(1, PENDING, 0));
    }

    @Test
    default void shouldRemindUnderTheLimitOfAClosing() {
        LifecycleUnderTest subject = having(deferred(1).parent("batch/s/t/b"));
        NaiveMoment closed =
                new NaiveMoment(11, 0, Map.of("batch/s/t/b", List.of(NaiveClosing.closed(1, 10)))).repeating(60);
        assertThat(subject.look(closed)).containsExactly(emitted(1, DEFERRED, 0));
        assertThat(subject.look(new NaiveMoment(71, 0, closed.parents(), 60))).isEmpty();
        assertThat(subject.look(new NaiveMoment(72, 0, closed.parents(), 60)))
                .containsExactly(reminded(1, DEFERRED, 0));
    }
}
