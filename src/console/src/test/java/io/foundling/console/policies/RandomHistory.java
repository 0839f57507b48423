package io.foundling.console.policies;

import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Draws two hours of records, batches and scopes of two sources, some of them late, and policies for them.
 */
final class RandomHistory {

    static final Instant BEGIN = LedgerHarness.START.plusSeconds(60);
    static final Duration SPAN = Duration.ofHours(2);

    private static final List<String> SOURCES = List.of("university", "library");
    private static final List<String> STAGES = List.of("declaration", "payment", "archive");
    private static final List<Status> STATUSES =
            List.of(Status.EXPECTED, Status.OPEN, Status.DEFERRED, Status.PENDING, Status.RETRYING);

    private final Random random;
    private final List<Appended> drawn = new ArrayList<>();

    RandomHistory(long seed) {
        random = new Random(seed);
    }

    List<Appended> events() {
        for (int batch = 0; batch < 3; batch++) {
            batch("b" + batch);
        }
        for (int scope = 0; scope < 3; scope++) {
            scope("s" + scope);
        }
        for (int record = 0; record < 25; record++) {
            record("r" + record);
        }
        drawn.sort(Comparator.comparing(Appended::at));
        return drawn;
    }

    private void record(String id) {
        String source = SOURCES.get(random.nextInt(2));
        String stage = STAGES.get(random.nextInt(3));
        boolean numbered = random.nextBoolean();
        Optional<Subject> parent = random.nextInt(3) > 0
                ? Optional.of(new Subject(SubjectKind.BATCH, SOURCES.get(0), STAGES.get(0), "b" + random.nextInt(3)))
                : Optional.empty();
        Instant at = BEGIN.plusMillis(random.nextLong(SPAN.toMillis() * 3 / 4));
        int attempts = 1 + random.nextInt(2);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            int facts = 1 + random.nextInt(4);
            for (int fact = 0; fact < facts; fact++) {
                Events event = any(id, at).source(source).stage(stage);
                parent.ifPresent(event::parent);
                if (numbered) {
                    event.attempt(attempt);
                }
                add(event, at);
                at = at.plus(gap());
            }
        }
    }

    private Events any(String id, Instant at) {
        return switch (random.nextInt(11)) {
            case 0 -> Events.opened(id);
            case 1, 2 -> Events.deferred(id);
            case 3 -> Events.deferred(id).dueAt(at.plus(gap()));
            case 4, 5 -> Events.pending(id);
            case 6 -> Events.extended(id, at.plus(gap()));
            case 7 -> Events.retrying(id);
            case 8 -> Events.failed(id);
            case 9 -> Events.expected(id);
            default -> Events.completed(id);
        };
    }

    private void batch(String id) {
        Instant at = BEGIN.plusMillis(random.nextLong(SPAN.toMillis() / 2));
        add(Events.opened(id).kind(SubjectKind.BATCH), at);
        Instant end = at.plus(gap()).plus(gap());
        Events ended = random.nextInt(4) == 0 ? Events.cancelled(id) : Events.completed(id);
        add(ended.kind(SubjectKind.BATCH), end);
    }

    private void scope(String id) {
        Instant at = BEGIN.plusMillis(random.nextLong(SPAN.toMillis() / 4));
        add(Events.declared(id, Duration.ofMinutes(10 + random.nextInt(30))).kind(SubjectKind.SCOPE), at);
        for (int run = 1; run < 4; run++) {
            at = at.plus(gap()).plus(gap());
            add(Events.opened(id).kind(SubjectKind.SCOPE).attempt(run), at);
            at = at.plus(gap());
            if (random.nextInt(4) > 0) {
                add(Events.completed(id).kind(SubjectKind.SCOPE).attempt(run), at);
            }
        }
    }

    /** Most events come at once, some are late. */
    private void add(Events event, Instant at) {
        long lateMs = random.nextInt(12) == 0 ? random.nextLong(600_000) : random.nextLong(3_000);
        drawn.add(new Appended(event.at(at).number(drawn.size()), at.plusMillis(lateMs)));
    }

    private Duration gap() {
        return Duration.ofMillis(random.nextLong(Duration.ofMinutes(18).toMillis()));
    }

    PolicySet policies() {
        List<Policy> policies = new ArrayList<>();
        int count = random.nextInt(5);
        for (int number = 0; number < count; number++) {
            policies.add(new Policy(
                    "p" + number,
                    Optional.empty(),
                    random.nextBoolean() ? Optional.empty() : Optional.of(SOURCES.get(random.nextInt(2))),
                    random.nextBoolean() ? Optional.empty() : Optional.of(STAGES.get(random.nextInt(3))),
                    random.nextInt(3) == 0 ? Optional.empty() : Optional.of(STATUSES.get(random.nextInt(5))),
                    random.nextInt(6) == 0 ? Optional.empty() : Optional.of(gap()),
                    Duration.ofMinutes(random.nextInt(5)),
                    Optional.empty()));
        }
        List<Expectation> expectations = random.nextBoolean()
                ? List.of()
                : List.of(Settings.expecting("then", STAGES.get(1), Status.COMPLETED, STAGES.get(2), gap()));
        return new PolicySet(policies, expectations);
    }
}
