package io.foundling.console.api;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.disposition;
import static io.foundling.console.model.ModelRecords.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.Producer;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.client.AuditRecorder;
import io.foundling.client.EventDraft;
import io.foundling.client.LossReason;
import io.foundling.client.LostEventException;
import io.foundling.client.Ticket;
import io.foundling.console.access.Access;
import io.foundling.console.access.Caller;
import io.foundling.console.acts.Act;
import io.foundling.console.acts.ActFilter;
import io.foundling.console.acts.ActListener;
import io.foundling.console.acts.ActSettings;
import io.foundling.console.acts.Acts;
import io.foundling.console.acts.BulkAct;
import io.foundling.console.acts.Instruction;
import io.foundling.console.acts.Progress.State;
import io.foundling.console.delivery.LogLines;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.query.StageFilter;
import io.foundling.console.model.table.Tables;
import io.foundling.console.web.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How acts on many subjects end that do not do all of it. */
class EndingActsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SUBJECTS = 200;

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private ApiRig rig;

    @BeforeEach
    void start() {
        rig = new ApiRig(TestDatabase.SQLITE, directory, Access.local());
        Map<String, Disposition> rows = new HashMap<>();
        for (int i = 0; i < SUBJECTS; i++) {
            rows.put(
                    key("" + i),
                    Disposition.newBuilder(disposition("" + i, Status.DEFERRED))
                            .setEnteredAt(NOON.minusSeconds(3_600))
                            .build());
        }
        rig.write(Tables.DISPOSITION, rows);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldEndWhenNothingIsRecordedForTooLong() {
        try (Acts acts = acts(event -> CompletableFuture.failedStage(away()))) {
            // When
            BulkAct act = confirmed(acts);

            // Then
            await("end").atMost(PATIENCE).until(() -> act.progress().state().isEnd());
            assertThat(act.progress().state()).isEqualTo(State.FAILED);
            assertThat(act.progress().problem())
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .contains("nothing was recorded for 0 s", "the broker is away", "with the same id"));
            assertThat(act.progress().done()).isZero();
            assertThat(act.left()).isEqualTo(SUBJECTS);
        }
    }

    /** What was under way is recorded, and nothing after it. */
    @Test
    void shouldEndSoonOnceItIsStopped() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        try (Acts acts = acts(event -> {
            begun.incrementAndGet();
            return CompletableFuture.supplyAsync(() -> awaited(release));
        })) {
            BulkAct act = confirmed(acts);
            await("under way").atMost(PATIENCE).until(() -> begun.get() > 0);

            // When
            acts.stop(Caller.LOCAL, act.instruction().id());
            release.countDown();

            // Then
            await("end").atMost(PATIENCE).until(() -> act.progress().state().isEnd());
            assertThat(act.progress().state()).isEqualTo(State.STOPPED);
            assertThat(act.progress().done()).isBetween(1L, (long) begun.get());
            assertThat(act.left()).isPositive();
        }
    }

    /** Otherwise it would keep all others from beginning for as long as the database is away. */
    @Test
    void shouldEndOnceItIsStoppedAlthoughTheDatabaseIsAway() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        try (Acts acts = acts(
                event -> {
                    begun.incrementAndGet();
                    return CompletableFuture.supplyAsync(() -> awaited(release));
                },
                PATIENCE.multipliedBy(10))) {
            // Given
            confirmed(acts);
            await("under way").atMost(PATIENCE).until(() -> begun.get() > 0);
            BulkAct next = confirmed(acts);
            rig.database().write(handle -> handle.execute("ALTER TABLE disposition RENAME TO away"));
            release.countDown();
            await("next").atMost(PATIENCE).until(() -> next.progress().state() == State.RUNNING);

            // When
            acts.stop(Caller.LOCAL, next.instruction().id());

            // Then
            await("end").atMost(PATIENCE).until(() -> next.progress().state().isEnd());
            assertThat(next.progress().state()).isEqualTo(State.STOPPED);
            assertThat(next.progress().problem()).isEmpty();
        }
    }

    /** Nobody could see or stop an act whose id belongs to another count. */
    @Test
    void shouldNotStartWhatWasCountedAgainMeanwhile() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        InstantSource clock = () -> {
            meanwhile.getAndSet(() -> {}).run();
            return NOON;
        };
        try (Acts acts = acts(event -> CompletableFuture.failedStage(away()), Duration.ZERO, clock)) {
            // Given
            UUID id = proposed(acts).instruction().id();
            meanwhile.set(() -> proposed(acts, id));

            // Then
            assertThatThrownBy(() -> acts.confirm(Caller.LOCAL, id))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("were counted again meanwhile");
            assertThat(acts.known(Caller.LOCAL, id).progress().state()).isEqualTo(State.PROPOSED);
        }
    }

    @Test
    void shouldSayWhatIsLeftWhenTheProcessEnds() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        try (LogLines log = new LogLines(Class.forName("io.foundling.console.acts.BulkActs"))) {
            Acts acts = acts(
                    event -> {
                        begun.incrementAndGet();
                        return CompletableFuture.failedStage(away());
                    },
                    PATIENCE);
            confirmed(acts);
            await("under way").atMost(PATIENCE).until(() -> begun.get() > 0);

            // When
            acts.close();

            // Then
            assertThat(log.all()).anyMatch(line -> line.contains("an act on many subjects has not done all"));
        }
    }

    @Test
    void shouldForgetCountsThatNobodyConfirms() {
        try (Acts acts = acts(event -> CompletableFuture.failedStage(away()))) {
            UUID id = proposed(acts).instruction().id();
            now.set(NOON.plus(BulkAct.CONFIRM_WITHIN).minusMillis(1));
            assertThat(acts.known(Caller.LOCAL, id)).isNotNull();
            now.set(NOON.plus(BulkAct.CONFIRM_WITHIN));
            assertThatThrownBy(() -> acts.confirm(Caller.LOCAL, id))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("a count expires after 10 minutes");
        }
    }

    @Test
    void shouldKeepABoundedNumberOfCounts() {
        try (Acts acts = acts(event -> CompletableFuture.failedStage(away()))) {
            for (int i = 0; i < 100; i++) {
                proposed(acts);
            }
            assertThatThrownBy(() -> proposed(acts))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("There are 100 acts on many subjects already");
        }
    }

    private static LostEventException away() {
        return new LostEventException(LossReason.REFUSED, "the broker is away");
    }

    private static Ticket awaited(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return new Ticket("audit.events", 0, 0);
    }

    private Acts acts(Function<AuditEvent, CompletionStage<Ticket>> recorder) {
        return acts(recorder, Duration.ZERO);
    }

    private Acts acts(Function<AuditEvent, CompletionStage<Ticket>> recorder, Duration patience) {
        return acts(recorder, patience, now::get);
    }

    private Acts acts(Function<AuditEvent, CompletionStage<Ticket>> recorder, Duration patience, InstantSource clock) {
        ActSettings settings = new ActSettings(
                List.of("audit.events"), 1_000, new Producer("foundling-console", "test", "1", 0L), patience);
        return new Acts(
                settings, new Queries(rig.database()), topic -> new Recorder(recorder), clock, ActListener.NONE);
    }

    private static BulkAct proposed(Acts acts) {
        return proposed(acts, UUID.randomUUID());
    }

    private static BulkAct proposed(Acts acts, UUID id) {
        return acts.propose(
                new Instruction(id, Caller.LOCAL, new Act.Cancel(), "sold"),
                new ActFilter(
                        ActFilter.ListName.AWAITING,
                        new StageFilter(Optional.of("university"), Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        NOON));
    }

    private static BulkAct confirmed(Acts acts) {
        return acts.confirm(Caller.LOCAL, proposed(acts).instruction().id());
    }

    /** Answers as a test says. */
    private record Recorder(Function<AuditEvent, CompletionStage<Ticket>> answers) implements AuditRecorder {

        @Override
        public EventDraft on(Subject subject) {
            throw new UnsupportedOperationException("acts are whole events");
        }

        @Override
        public CompletionStage<Ticket> record(AuditEvent event) {
            return answers.apply(event);
        }

        @Override
        public boolean flush(Duration timeout) {
            return true;
        }

        @Override
        public long close(Duration timeout) {
            return 0;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
