package io.foundling.bench.expiry;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * Compares subjects that are all due at one instant with as many that are due at different times, on 1, 12 and 100
 * partitions. Prints a table in Markdown.
 */
public final class ExpiryBench {

    private static final List<Integer> PARTITIONS = List.of(1, 12, 100);

    private ExpiryBench() {}

    /** @param args how many subjects; 1,000,000 if none are given */
    public static void main(String[] args) throws IOException {
        int subjects = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
        PrintStream out = System.out;
        out.printf("%,d subjects, one thread%n%n", subjects);
        out.println(
                "| partitions | due | emitted | turns | CPU per entry | wall per entry | longest sweep | longest turn |");
        out.println("|---|---|---|---|---|---|---|---|");
        new ExpiryRun(1, Math.min(subjects, 100_000), Due.SPREAD).measure();
        for (int partitions : PARTITIONS) {
            for (Due due : Due.values()) {
                out.println(new ExpiryRun(partitions, subjects, due).measure());
            }
        }
    }
}
