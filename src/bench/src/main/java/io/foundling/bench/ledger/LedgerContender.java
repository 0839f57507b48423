package io.foundling.bench.ledger;

import io.foundling.local.ChildProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is compared. Each runs in a process of its own, with a group and output topics of its own. */
enum LedgerContender {
    FOUNDLING(true),
    PASS_THROUGH(true),
    FLINK(true),
    FLINK_10S(false),
    FLINK_HEAP(false),
    HAND_WRITTEN(false);

    /** Two glibc arenas instead of eight a core, as the start script of Foundling has it. */
    private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    /** The collector of Foundling's service, for all. */
    static final String COLLECTOR = "-XX:+UseParallelGC";

    private final boolean primary;

    LedgerContender(boolean primary) {
        this.primary = primary;
    }

    /** Returns the contender of that name. */
    static LedgerContender named(String name) {
        return Arrays.stream(values())
                .filter(contender -> contender.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is neither option nor contender."));
    }

    /** Returns all names, for the usage. */
    static String names() {
        return Arrays.stream(values()).map(LedgerContender::label).collect(Collectors.joining("|"));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it runs in all rounds, because ratios are made of it. */
    boolean isPrimary() {
        return primary;
    }

    /** Whether it keeps states, and so finds orphans. */
    boolean keepsStates() {
        return this != PASS_THROUGH;
    }

    boolean runsOnFlink() {
        return this == FLINK || this == FLINK_10S || this == FLINK_HEAP;
    }

    /** Returns for how long nothing is written once a run is over: longer than until a job sees itself idle, and a commit. */
    Duration quiet() {
        return Duration.ofSeconds(this == FLINK_10S ? 20 : 8);
    }

    /** Returns the program that reads and writes where the place says. */
    ChildProgram program(Place place, LedgerPlan plan) {
        List<String> options = new ArrayList<>(List.of("-Xmx" + plan.heap(), COLLECTOR));
        return switch (this) {
            case FOUNDLING -> FoundlingProgram.serve(place, options);
            case PASS_THROUGH -> own(PassThrough.class, place, plan, options);
            case FLINK -> FlinkProgram.of(place, plan, options, "rocksdb", 1_000);
            case FLINK_10S -> FlinkProgram.of(place, plan, options, "rocksdb", 10_000);
            case FLINK_HEAP -> FlinkProgram.of(place, plan, options, "hashmap", 1_000);
            case HAND_WRITTEN -> own(HandWritten.class, place, plan, options);
        };
    }

    private static ChildProgram own(Class<?> main, Place place, LedgerPlan plan, List<String> options) {
        List<String> arguments = new ArrayList<>(place.arguments());
        arguments.add(Integer.toString(plan.threads()));
        return new ChildProgram(options, System.getProperty("java.class.path"), main.getName(), arguments, ENVIRONMENT);
    }

    static Map<String, String> environment() {
        return ENVIRONMENT;
    }
}
