package io.foundling.console.policies;

import io.foundling.audit.Status;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * A trail of a few events of the sources university and billing: of each, one subject that took 3 hours, one that took 5 and
 * one that was lost. Policies are written as {@code university 4h} and a line for each source.
 */
public final class TestSite implements TrialSite {

    private static final long PATIENCE_S = 60;
    private static final TrailFacts FACTS = TrailFacts.WHOLE;

    private final Instant begin;
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    /** @param begin when the first event was appended; the last one was 6 hours later */
    public TestSite(Instant begin) {
        this.begin = begin;
    }

    /** From now on trails wait before their first event, until the latch is open. */
    public CountDownLatch hold() {
        CountDownLatch held = new CountDownLatch(1);
        gate.set(held);
        return held;
    }

    /** From now on trails cannot be opened. */
    void fail(RuntimeException why) {
        failure = Optional.of(why);
    }

    /** Returns how many trails were opened and not closed. */
    int openTrails() {
        return opened.get() - closed.get();
    }

    @Override
    public PolicySet inForce() {
        return read("university 4h\nbilling 4h");
    }

    @Override
    public PolicySet read(String yaml) {
        List<String> wrong =
                yaml.lines().filter(line -> !line.matches("[a-z]+ \\d+h")).toList();
        if (!wrong.isEmpty()) {
            throw new InvalidPoliciesException(wrong.stream()
                    .map(line -> "'" + line + "' is no policy, expected one such as university 4h")
                    .toList());
        }
        return new PolicySet(
                yaml.lines().map(line -> line.split(" ")).map(TestSite::policy).toList(), List.of());
    }

    private static Policy policy(String... words) {
        return new Policy(
                words[0],
                Optional.empty(),
                Optional.of(words[0]),
                Optional.empty(),
                Optional.of(Status.DEFERRED),
                Optional.of(Duration.ofHours(Integer.parseInt(words[1].replace("h", "")))),
                Duration.ZERO,
                Optional.empty());
    }

    @Override
    public String written(PolicySet policies) {
        return policies.policies().stream()
                .map(policy ->
                        policy.name() + " " + policy.window().orElseThrow().toHours() + "h")
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String changes(PolicySet before, PolicySet after) {
        return before.equals(after) ? "" : "changed '" + written(before) + "' to '" + written(after) + "'";
    }

    @Override
    public Trail open() {
        failure.ifPresent(why -> {
            throw why;
        });
        opened.incrementAndGet();
        CountDownLatch held = gate.get();
        Iterator<RecordedEvent> events = Appended.trail(events(), 3);
        LedgerSettings settings =
                Settings.of(LedgerSettings.defaults(TopicNames.EVENTS, 3)).policySet(inForce());
        return new Trail() {
            @Override
            public LedgerSettings settings() {
                return settings;
            }

            @Override
            public TrailFacts facts() {
                return FACTS;
            }

            @Override
            public boolean hasNext() {
                return events.hasNext();
            }

            @Override
            public RecordedEvent next() {
                pass(held);
                return events.next();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    private static void pass(CountDownLatch gate) {
        try {
            if (!gate.await(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody has opened the gate");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private List<Appended> events() {
        List<Appended> events = new ArrayList<>();
        for (String source : List.of("university", "billing")) {
            events.add(at(0, Events.deferred("short").source(source)));
            events.add(at(60, Events.deferred("long").source(source)));
            events.add(at(70, Events.deferred("lost").source(source)));
            events.add(at(180, Events.completed("short").source(source)));
            events.add(at(360, Events.completed("long").source(source)));
        }
        return events;
    }

    private Appended at(int minutes, Events event) {
        Instant at = begin.plus(Duration.ofMinutes(minutes));
        return new Appended(event.at(at), at);
    }
}
