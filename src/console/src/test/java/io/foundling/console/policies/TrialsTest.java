package io.foundling.console.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.web.ProblemException;
import io.foundling.topology.harness.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrialsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant BEGIN = Instant.parse("2026-11-30T00:00:00Z");
    private static final Instant END = BEGIN.plus(Duration.ofHours(12));
    private static final Window ALL = new Window(BEGIN, END);
    private static final TrialLimits LIMITS = new TrialLimits(Duration.ofMinutes(10), 10_000);
    private static final Caller EVERYBODY = caller("clerk", Optional.empty());
    private static final String TIGHTER = "university 2h\nbilling 4h";

    private final TestSite site = new TestSite(BEGIN);
    private final AtomicReference<Instant> now = new AtomicReference<>(END);
    private Trials trials = new Trials(site, LIMITS, now::get);

    @AfterEach
    void close() {
        trials.close();
    }

    @Test
    void shouldFindWhatATrialFindsAnywhere() {
        // Given
        TrialReport direct;
        try (TrialSite.Trail trail = site.open()) {
            direct = new PolicyTrial(trail.settings(), site.read(TIGHTER)).run(trail, ALL, source -> true);
        }

        // When
        TrialRun run = trials.begin(EVERYBODY, TIGHTER, ALL);

        // Then
        TrialReport report = done(run);
        assertThat(report).isEqualTo(direct);
        assertThat(changes(report))
                .containsExactly(
                        "ADDED record/university/declaration/short",
                        "EARLIER record/university/declaration/long",
                        "EARLIER record/university/declaration/lost");
        assertThat(run.progress().events()).isEqualTo(10);
        assertThat(run.progress().readUpTo()).hasValue(BEGIN.plus(Duration.ofHours(6)));
        assertThat(run.ending().orElseThrow().result().orElseThrow().notes()).isNotEmpty();
        assertThat(site.openTrails()).isZero();
    }

    @Test
    void shouldRunOneAtATimeAndSayWhoseIsRunning() {
        // Given
        CountDownLatch gate = site.hold();
        TrialRun first = trials.begin(EVERYBODY, TIGHTER, ALL);

        // Then
        assertThatThrownBy(() -> trials.begin(EVERYBODY, TIGHTER, ALL))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().status()).isEqualTo(409);
                    assertThat(refused.headers()).containsKey("Retry-After");
                    assertThat(refused.problem().detail())
                            .contains("Your trial " + first.asked().id());
                });
        assertThatThrownBy(() -> trials.begin(caller("other", Optional.empty()), TIGHTER, ALL))
                .hasMessageContaining("A trial of somebody else")
                .hasMessageNotContaining(first.asked().id().toString());

        // When
        gate.countDown();
        done(first);

        // Then
        done(trials.begin(caller("other", Optional.empty()), TIGHTER, ALL));
    }

    @Test
    void shouldReportOnlySourcesOfTheCallerAndKeepTheHiddenPolicies() {
        // Given
        Caller billing = caller("billing", Optional.of(Set.of("billing")));

        // When
        TrialRun run = trials.begin(billing, "billing 2h", ALL);

        // Then
        TrialReport report = done(run);
        assertThat(changes(report)).hasSize(3).allMatch(change -> change.contains("/billing/"));
        assertThat(report.stages()).extracting(StageChanges::source).containsExactly("billing");
        assertThat(report.alerts()).allMatch(alert -> alert.key().contains("/billing/"));
        assertThat(run.changes()).isEqualTo("changed 'billing 4h' to 'billing 2h'");
        assertThat(run.asked().onTrial().policies())
                .extracting(policy -> policy.name())
                .contains("university");
        assertThat(trials.inForce(billing)).isEqualTo("billing 4h");
        assertThat(trials.inForce(EVERYBODY)).isEqualTo("university 4h\nbilling 4h");
    }

    @Test
    void shouldStopATrial() {
        // Given
        CountDownLatch gate = site.hold();
        TrialRun run = trials.begin(EVERYBODY, TIGHTER, ALL);

        // When
        trials.stop(EVERYBODY, run.asked().id());
        gate.countDown();

        // Then
        await().atMost(PATIENCE).until(() -> run.state() == TrialRun.State.STOPPED);
        assertThat(run.ending().orElseThrow().result()).isEmpty();
        await().atMost(PATIENCE).until(() -> site.openTrails() == 0);
    }

    @Test
    void shouldEndATrialThatTakesTooLong() {
        // Given
        CountDownLatch gate = site.hold();
        TrialRun run = trials.begin(EVERYBODY, TIGHTER, ALL);

        // When
        now.set(END.plus(LIMITS.time()).plusMillis(1));
        gate.countDown();

        // Then
        assertThat(failure(run)).contains("longer than 10 minutes", "foundling policies test FILE");
    }

    /** The check comes every few hundred events, so it is asked here itself. */
    @Test
    void shouldEndATrialThatHoldsTooMuch() {
        // Given
        TrialLimits none = new TrialLimits(Duration.ofMinutes(10), 100);
        TrialRun run = new TrialRun(new TrialRun.Asked(UUID.randomUUID(), EVERYBODY, site.inForce(), ALL, END), "");
        GuardedTrial trial = new GuardedTrial(run, site, none, now::get);

        // Then
        trial.holds(100);
        assertThatThrownBy(() -> trial.holds(101)).hasMessageContaining("more than 100 entries");
    }

    @Test
    void shouldAskHowMuchIsHeldWhileItReads() {
        // Given
        List<Appended> events = IntStream.range(0, 256)
                .mapToObj(i -> new Appended(Events.deferred("r" + i).at(BEGIN), BEGIN))
                .toList();
        AtomicReference<Long> held = new AtomicReference<>(0L);
        TrialWatch watch = new TrialWatch() {
            @Override
            public void goesOn() {
                // Nothing ends it.
            }

            @Override
            public void holds(long entries) {
                held.set(entries);
            }
        };
        try (TrialSite.Trail trail = site.open()) {
            // When
            new PolicyTrial(trail.settings(), site.inForce(), watch)
                    .run(Appended.trail(events, 3), ALL, source -> true);
        }

        // Then
        assertThat(held.get()).isGreaterThanOrEqualTo(2 * 256);
    }

    @Test
    void shouldSayWhyATrailCannotBeRead() {
        // Given
        site.fail(new TrailNotReadException("the source topics cannot be read: no broker"));

        // When
        TrialRun run = trials.begin(EVERYBODY, TIGHTER, ALL);

        // Then
        assertThat(failure(run)).isEqualTo("the source topics cannot be read: no broker");
    }

    @Test
    void shouldGoOnAfterATrialThatFailed() {
        // Given
        site.fail(new IllegalStateException("broken"));

        // When
        TrialRun run = trials.begin(EVERYBODY, TIGHTER, ALL);

        // Then
        assertThat(failure(run)).contains("the log of the console has the reason", "broken");
        failure(trials.begin(EVERYBODY, TIGHTER, ALL));
    }

    @Test
    void shouldShowATrialToItsCallerOnlyAndForgetItAfterAnHour() {
        // Given
        TrialRun run = trials.begin(EVERYBODY, TIGHTER, ALL);
        done(run);
        UUID id = run.asked().id();

        // Then
        assertThat(trials.known(EVERYBODY)).containsExactly(run);
        assertThat(trials.known(caller("other", Optional.empty()))).isEmpty();
        assertThatThrownBy(() -> trials.known(caller("clerk", Optional.of(Set.of("billing"))), id))
                .as("the same caller with fewer sources")
                .hasMessageContaining("knows no trial of yours");
        now.set(END.plus(Duration.ofHours(1)));
        assertThat(trials.known(EVERYBODY, id)).isSameAs(run);

        // When
        now.set(END.plus(Duration.ofHours(1)).plusMillis(1));

        // Then
        assertThatThrownBy(() -> trials.known(EVERYBODY, id)).hasMessageContaining("forgotten 60 minutes after");
    }

    @Test
    void shouldKeepTheLatestTwenty() {
        // When
        TrialRun first = trials.begin(EVERYBODY, TIGHTER, ALL);
        done(first);
        for (int i = 0; i < 20; i++) {
            done(trials.begin(EVERYBODY, TIGHTER, ALL));
        }

        // Then
        assertThat(trials.known(EVERYBODY)).hasSizeBetween(19, 20).doesNotContain(first);
    }

    @Test
    void shouldStopWhatRunsWhenItIsClosed() {
        // Given
        CountDownLatch gate = site.hold();
        TrialRun run = trials.begin(EVERYBODY, TIGHTER, ALL);
        Thread closing = new Thread(trials::close);

        // When
        closing.start();
        await().atMost(PATIENCE).until(run::isStopped);
        gate.countDown();

        // Then
        await().atMost(PATIENCE).until(() -> run.state() == TrialRun.State.STOPPED);
        trials = new Trials(site, LIMITS, now::get);
    }

    private static TrialReport done(TrialRun run) {
        await().atMost(PATIENCE).until(() -> run.state() != TrialRun.State.RUNNING);
        assertThat(run.ending().orElseThrow().problem()).isEmpty();
        return run.ending().orElseThrow().result().orElseThrow().report();
    }

    private static String failure(TrialRun run) {
        await().atMost(PATIENCE).until(() -> run.state() == TrialRun.State.FAILED);
        return run.ending().orElseThrow().problem().orElseThrow();
    }

    private static List<String> changes(TrialReport report) {
        return report.warnings().stream()
                .map(each -> each.change() + " " + each.id().subjectKey())
                .toList();
    }

    private static Caller caller(String name, Optional<Set<String>> sources) {
        return new Caller(name, Set.of(Role.OPERATOR), sources);
    }
}
