package io.foundling.topology.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expectations that are refused. Proves rule E1. */
final class ExpectationCircleTest {

    private static Expectation expectation(String name, String after, String next) {
        return expectation(name, Optional.empty(), Optional.of(after), Optional.empty(), next);
    }

    private static Expectation expectation(
            String name, Optional<String> source, Optional<String> after, Optional<String> nextSource, String next) {
        return new Expectation(
                name,
                new PolicyMatch(Optional.of(SubjectKind.RECORD), source, after, Optional.of(Status.COMPLETED)),
                new Expectation.Expected(Optional.empty(), nextSource, next, "{id}"),
                Duration.ofHours(1));
    }

    private static Optional<String> circle(Expectation... expectations) {
        return new ExpectationCircle(List.of(expectations)).sentence();
    }

    @Test
    void shouldAcceptAChain() {
        // When
        Optional<String> circle =
                circle(expectation("a", "1", "2"), expectation("b", "2", "3"), expectation("c", "1", "3"));

        // Then
        assertThat(circle).isEmpty();
    }

    @Test
    void shouldFindACircleThatBeginsBehindAChain() {
        // When
        Optional<String> circle = circle(
                expectation("a", "1", "2"),
                expectation("b", "2", "3"),
                expectation("c", "3", "4"),
                expectation("d", "4", "2"));

        // Then
        assertThat(circle)
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("expectations 'b', 'c', 'd' form a circle")
                        .contains("'b' follows the last"));
    }

    @Test
    void shouldFindOneThatExpectsWhatItFollows() {
        // When
        Optional<String> same = circle(expectation("a", "1", "1"));
        Optional<String> any = circle(expectation("a", Optional.empty(), Optional.empty(), Optional.empty(), "2"));

        // Then
        assertThat(same).isPresent();
        assertThat(any).isPresent();
    }

    @Test
    void shouldAcceptTheSameStageOfAnotherSource() {
        // When
        Optional<String> circle = circle(
                expectation("a", Optional.of("x"), Optional.of("1"), Optional.of("y"), "1"),
                expectation("b", Optional.of("y"), Optional.of("1"), Optional.of("z"), "1"));

        // Then
        assertThat(circle).isEmpty();
    }

    @Test
    void shouldRefuseSettingsWithACircle() {
        // When & Then
        assertThatThrownBy(() -> LedgerSettings.defaults("audit.events", 1)
                        .expecting(List.of(expectation("a", "1", "2"), expectation("b", "2", "1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("circle");
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"EXPECTED", "RETIRED", "UNKNOWN"})
    void shouldRefuseAStatusAfterWhichNothingCanBeExpected(Status status) {
        // When & Then
        assertThatThrownBy(() -> new Expectation(
                        "a",
                        new PolicyMatch(Optional.empty(), Optional.empty(), Optional.of("1"), Optional.of(status)),
                        new Expectation.Expected(Optional.empty(), Optional.empty(), "2", "{id}"),
                        Duration.ofHours(1)))
                .hasMessageContaining("status of expectation 'a' is " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fixed", "{id}-{id}"})
    void shouldRefuseAnIdWithoutThatOfTheFirstSubject(String id) {
        // When & Then
        assertThatThrownBy(() -> new Expectation.Expected(Optional.empty(), Optional.empty(), "2", id))
                .hasMessageContaining("must have {id} in it once");
    }
}
