package io.foundling.bench.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one run measures.
 *
 * @param contenders in the order in which they run
 * @param rounds how often those run whose ratios count
 * @param batches whether every record has a batch of 500 as parent
 * @param profile whether a recording of each contender is made and printed
 * @param threads of each contender that lets one choose; Foundling keeps its default
 * @param heap the maximum heap of every contender
 */
record LedgerPlan(
        Set<LedgerContender> contenders,
        long events,
        int rounds,
        boolean batches,
        boolean profile,
        int threads,
        String heap) {

    static final String USAGE = "usage: ledger-bench [" + LedgerContender.names() + "]... [--events N] [--rounds N]"
            + " [--batches] [--profile] [--threads N] [--heap SIZE] [--quick]";

    private static final long FULL = 1_000_000;
    private static final long QUICK = 2_000;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it says something unknown
     */
    static LedgerPlan parse(String[] args) {
        List<String> words = new ArrayList<>(Arrays.asList(args));
        boolean quick = words.remove("--quick");
        boolean batches = words.remove("--batches");
        boolean profile = words.remove("--profile");
        long events = number(words, "--events", quick ? QUICK : FULL);
        long rounds = number(words, "--rounds", 0);
        long threads = number(words, "--threads", 1);
        String heap = value(words, "--heap", "1g");
        Set<LedgerContender> contenders = new LinkedHashSet<>();
        words.forEach(word -> contenders.add(LedgerContender.named(word)));
        boolean all = contenders.isEmpty();
        if (all) {
            contenders.addAll(List.of(LedgerContender.values()));
        }
        int usual = all && !quick ? 3 : 1;
        return new LedgerPlan(
                contenders, events, rounds == 0 ? usual : (int) rounds, batches, profile, (int) threads, heap);
    }

    /** Whether the contender runs in this round, the first of which is 1. */
    boolean runs(LedgerContender contender, int round) {
        return round == 1 || contender.isPrimary() || contenders.size() < LedgerContender.values().length;
    }

    /**
     * How long a record may await: longer than the load takes to be written, so that nothing is due before a contender has
     * read all, and over soon after.
     */
    Duration window() {
        return Duration.ofSeconds(3).plusMillis(events / 7);
    }

    /** Returns the plan of the service alone, with so many events. */
    static LedgerPlan of(long events) {
        return parse(new String[] {LedgerContender.FOUNDLING.label(), "--events", Long.toString(events)});
    }

    /**
     * Takes an option and its number out of the words.
     *
     * @throws IllegalArgumentException if it has no number, or a negative one
     */
    static long number(List<String> words, String option, long usual) {
        long number = Long.parseLong(value(words, option, Long.toString(usual)));
        if (number < 0) {
            throw new IllegalArgumentException(option + " is " + number + ", but must not be negative.");
        }
        return number;
    }

    private static String value(List<String> words, String option, String usual) {
        int at = words.indexOf(option);
        if (at < 0) {
            return usual;
        }
        words.remove(at);
        if (at == words.size()) {
            throw new IllegalArgumentException(option + " needs a value.");
        }
        return words.remove(at);
    }
}
