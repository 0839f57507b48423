package io.foundling.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallLimitTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));

    private CallLimit limit(int perMinute) {
        return new CallLimit("console.requestsPerMinute", perMinute, now::get);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 60, 1_000, 7_777})
    void shouldTakeThatManyAtOnceAndNoMore(int perMinute) {
        // Given
        CallLimit limit = limit(perMinute);

        // Then
        assertThat(taken(limit, "a", perMinute + 5)).isEqualTo(perMinute);
        assertThat(taken(limit, "b", perMinute + 5)).isEqualTo(perMinute);
    }

    @Test
    void shouldTakeAsManyAsTimeAllowsAfterwards() {
        // Given
        CallLimit limit = limit(60);
        taken(limit, "a", 60);

        // Then
        pass(Duration.ofMillis(999));
        assertThat(taken(limit, "a", 5)).isZero();
        pass(Duration.ofMillis(1));
        assertThat(taken(limit, "a", 5)).isEqualTo(1);
        pass(Duration.ofSeconds(10));
        assertThat(taken(limit, "a", 50)).isEqualTo(10);
        pass(Duration.ofDays(1_000));
        assertThat(taken(limit, "a", 100)).isEqualTo(60);
    }

    @Test
    void shouldSayHowManyAreAllowedAndWhenToTryAgain() {
        // Given
        CallLimit limit = limit(1);
        limit.check("a");
        pass(Duration.ofSeconds(20));

        // Then
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> limit.check("a"))
                .satisfies(refused -> {
                    assertThat(refused.problem().status()).isEqualTo(429);
                    assertThat(refused.problem().detail())
                            .isEqualTo("You have made more calls than console.requestsPerMinute allows, 1 a minute;"
                                    + " try again in 41 s");
                    assertThat(refused.headers()).containsEntry("Retry-After", "41");
                });
        pass(Duration.ofSeconds(41));
        limit.check("a");
    }

    @Test
    void shouldForgetOnlyThoseThatCalledLongestAgo() {
        // Given
        CallLimit limit = limit(1);
        limit.check("busy");
        for (int i = 0; i < CallLimit.MOST_CALLERS * 3; i++) {
            limit.check("caller " + i);
            taken(limit, "busy", 1);
        }

        // Then
        assertThat(limit.callers()).isEqualTo(CallLimit.MOST_CALLERS);
        assertThat(taken(limit, "busy", 1)).isZero();
        assertThat(taken(limit, "caller 0", 1)).isEqualTo(1);
    }

    @Test
    void shouldTakeEverythingWithoutALimit() {
        assertThat(taken(limit(0), "a", 100_000)).isEqualTo(100_000);
        assertThat(taken(CallLimit.NONE, "a", 100_000)).isEqualTo(100_000);
    }

    private void pass(Duration time) {
        now.set(now.get().plus(time));
    }

    private static int taken(CallLimit limit, String caller, int calls) {
        int taken = 0;
        for (int i = 0; i < calls; i++) {
            try {
                limit.check(caller);
                taken++;
            } catch (ProblemException refused) {
                assertThat(refused.problem().status()).isEqualTo(429);
            }
        }
        return taken;
    }
}
