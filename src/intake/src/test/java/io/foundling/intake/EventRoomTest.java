package io.foundling.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.console.web.ProblemException;
import org.junit.jupiter.api.Test;

class EventRoomTest {

    private final EventRoom room = new EventRoom(10);

    @Test
    void shouldRefuseWhatDoesNotFitAndHoldWhatItHeld() {
        try (EventRoom.Share one = room.share();
                EventRoom.Share other = room.share()) {
            // Given
            one.atLeast(7);
            other.atLeast(3);

            // When
            assertThatThrownBy(() -> other.atLeast(4))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.problem().status()).isEqualTo(429));

            // Then
            assertThat(room.free()).isZero();
            one.atMost(6);
            other.atLeast(4);
            assertThat(room.free()).isZero();
        }
        assertThat(room.free()).isEqualTo(10);
    }

    @Test
    void shouldHaveRoomForOneRequestAlone() {
        try (EventRoom.Share alone = room.share()) {
            alone.atLeast(8);
            alone.atLeast(30);
            assertThatThrownBy(() -> room.share().atLeast(1)).isInstanceOf(ProblemException.class);
        }
        assertThat(room.free()).isEqualTo(10);
    }

    @Test
    void shouldNeitherTakeTwiceNorGiveBackMoreThanItHolds() {
        EventRoom.Share share = room.share();
        share.atLeast(5);
        share.atLeast(3);
        share.atMost(8);
        assertThat(room.free()).isEqualTo(5);
        share.close();
        share.close();
        assertThat(room.free()).isEqualTo(10);
    }
}
