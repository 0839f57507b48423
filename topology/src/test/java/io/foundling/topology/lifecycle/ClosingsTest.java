package io.foundling.topology.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** To which attempt of its parent a member belongs, also where some of them were forgotten. Proves rule P6. */
final class ClosingsTest {

    private static Closing closing(int attempt, long closedAtMs, long previousMs) {
        return new Closing(attempt, Status.COMPLETED, closedAtMs, previousMs, Fact.NOT_SAID);
    }

    private static int attemptOf(Closings closings, long beganMs) {
        return closings.closingOf(beganMs).map(Closing::attempt).orElse(0);
    }

    @Test
    void shouldFindTheFirstThatClosedNotBeforeTheMemberBegan() {
        Closings closings = new Closings(List.of(closing(1, 10, Times.NEVER), closing(2, 5, 10), closing(3, 20, 10)));
        assertThat(attemptOf(closings, 10)).isEqualTo(1);
        assertThat(attemptOf(closings, 11)).isEqualTo(3);
        assertThat(attemptOf(closings, 21)).isZero();
        assertThat(closings.closedBefore(21)).contains(closing(3, 20, 10));
        assertThat(closings.closedBefore(20)).isEmpty();
    }

    @Test
    void shouldNotKnowMembersOfAnAttemptThatWasForgotten() {
        Closings closings = new Closings(List.of(closing(1, 10, Times.NEVER), closing(3, 30, 20)));
        assertThat(closings.isUnknown(10)).isFalse();
        assertThat(closings.isUnknown(11)).isTrue();
        assertThat(closings.isUnknown(20)).isTrue();
        assertThat(attemptOf(closings, 20)).isZero();
        assertThat(attemptOf(closings, 21)).isEqualTo(3);
        assertThat(closings.closedBefore(15)).isEmpty();
    }

    @Test
    void shouldLeaveLaterMembersToAnOpenAttempt() {
        Closings closings = new Closings(List.of(closing(2, Times.NEVER, 10)));
        assertThat(closings.isUnknown(10)).isTrue();
        assertThat(closings.isUnknown(11)).isFalse();
        assertThat(closings.closedBefore(11)).isEmpty();
        assertThat(Closings.UNKNOWN.isUnknown(0)).isTrue();
    }
}
