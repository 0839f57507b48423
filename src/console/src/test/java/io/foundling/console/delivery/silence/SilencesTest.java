package io.foundling.console.delivery.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.delivery.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilencesTest {

    private static final Silence ANN = new Silence(
            "s1",
            "ann",
            "the bank is late",
            Instant.parse("2026-11-30T12:00:00Z"),
            Instant.parse("2026-11-30T14:00:00Z"));
    private static final Map<String, String> LABELS = Map.of("alertname", "Orphaned", "source", "university");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
    private final FakeAlertmanager one = new FakeAlertmanager();
    private final FakeAlertmanager two = new FakeAlertmanager();

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private Silences silences(Receiver receiver) {
        return new Silences(List.of(receiver), List.of(), "ledger", now::get);
    }

    @Test
    void shouldSayWhoSilencedAnAlertUntilWhenAndWhy() {
        try (Silences silences = silences(FakeAlertmanager.receiver(one))) {
            // When
            SilenceState state = silences.now();

            // Then
            assertThat(state.alerts()).containsExactly(new HeldBack(LABELS, List.of(ANN), false));
            assertThat(state.instances()).containsExactly(new AskedInstance("pager", one.address(), Optional.empty()));
            assertThat(one.asked())
                    .containsExactly(
                            "/api/v2/alerts?active=false&unprocessed=false&filter=application%3D%22ledger%22 Basic sesame",
                            "/api/v2/silences Basic sesame");
        }
    }

    @Test
    void shouldPutTogetherWhatAllInstancesSay() {
        // Given
        one.answers("/api/v2/alerts", FakeAlertmanager.SILENCED.replace("\"s1\"", "\"s3\""));
        two.answers(
                "/api/v2/alerts", FakeAlertmanager.SILENCED.replace("\"inhibitedBy\": []", "\"inhibitedBy\": [\"x\"]"));

        // When
        try (Silences silences = silences(FakeAlertmanager.receiver(one, two))) {
            // Then
            assertThat(silences.now().alerts()).singleElement().satisfies(alert -> {
                assertThat(alert.silences()).extracting(Silence::createdBy).containsExactly("bob", "ann");
                assertThat(alert.isInhibited()).isTrue();
            });
        }
    }

    @Test
    void shouldAskAgainAfterFiveSecondsOnly() {
        try (Silences silences = silences(FakeAlertmanager.receiver(one))) {
            // Given
            silences.now();
            one.answers("/api/v2/alerts", "[]");

            // When, then
            now.set(now.get().plus(Silences.COUNTS_FOR).minusMillis(1));
            assertThat(silences.now().alerts()).hasSize(1);
            assertThat(one.asked()).hasSize(2);
            now.set(now.get().plusMillis(1));
            assertThat(silences.now().alerts()).isEmpty();
            assertThat(one.asked()).hasSize(3);
        }
    }

    @Test
    void shouldNameAnInstanceThatDoesNotAnswerAndShowWhatTheOthersSay() {
        // Given
        one.close();

        // When
        try (Silences silences = silences(FakeAlertmanager.receiver(one, two))) {
            SilenceState state = silences.now();

            // Then
            assertThat(state.alerts()).hasSize(1);
            assertThat(state.instances())
                    .containsExactly(
                            new AskedInstance("pager", one.address(), Optional.of("no connection to " + one.address())),
                            new AskedInstance("pager", two.address(), Optional.empty()));
        }
    }

    @Test
    void shouldWaitForASlowInstanceForAMomentOnly() {
        // Given
        one.hangs();
        long beganNanos = System.nanoTime();

        // When
        try (Silences silences = silences(FakeAlertmanager.receiver(one, two))) {
            SilenceState state = silences.now();

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isLessThan(Duration.ofSeconds(30));
            assertThat(state.alerts()).hasSize(1);
            assertThat(state.instances().get(0).problem())
                    .hasValueSatisfying(why -> assertThat(why).contains("within"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{}", "null", "\"text\""})
    void shouldSayThatSomethingElseAnswers(String body) {
        // Given
        one.answers("/api/v2/alerts", body);

        // Then
        assertThat(problem()).startsWith("it answers something else than Alertmanager does");
    }

    @Test
    void shouldSayThatASilenceCannotBeRead() {
        // Given
        one.answers("/api/v2/silences", "[{\"id\": \"s1\", \"endsAt\": \"tomorrow\"}]");

        // Then
        assertThat(problem()).startsWith("it answers something else than Alertmanager does");
    }

    @Test
    void shouldNameTheSettingOfCredentialsThatAreRefused() {
        // Given
        one.answers(401);

        // Then
        assertThat(problem()).isEqualTo("it answers 401; see receivers[].authorizationFile");
    }

    @Test
    void shouldNotFollowALinkToAnotherHost() {
        // Given
        one.answers(302);
        one.leadsTo("http://" + two.address() + "/api/v2/alerts");

        // Then
        assertThat(problem()).isEqualTo("it answers 302; see receivers[].url or urlFile");
        assertThat(two.asked()).isEmpty();
    }

    private String problem() {
        try (Silences silences = silences(FakeAlertmanager.receiver(one))) {
            SilenceState state = silences.now();
            assertThat(state.alerts()).isEmpty();
            return state.instances().get(0).problem().orElseThrow();
        }
    }

    @Test
    void shouldCutWhatPeopleHaveWrittenAtSomeLength() {
        // Given
        one.answers("/api/v2/silences", FakeAlertmanager.SILENCES.replace("the bank is late", "late ".repeat(100_000)));

        // When
        try (Silences silences = silences(FakeAlertmanager.receiver(one))) {
            // Then
            assertThat(silences.now().alerts().get(0).silences().get(0).comment())
                    .hasSize(1_001)
                    .endsWith("…");
        }
    }

    @Test
    void shouldNameReceiversThatCannotBeUsedAndAskNobodyWithoutOne() {
        try (Silences silences = new Silences(List.of(), List.of("pager"), "ledger", now::get);
                Silences none = Silences.none()) {
            assertThat(silences.now().instances())
                    .containsExactly(new AskedInstance(
                            "pager", "", Optional.of("the console cannot use its settings; its log says why")));
            assertThat(none.now()).isEqualTo(new SilenceState(List.of(), List.of()));
        }
    }
}
