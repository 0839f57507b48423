package io.foundling.service.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What was measured, in order of time, and whether it is flat. */
final class SoakTable {

    private static final String FORM = "%8s %9s %9s %9s %7s %8s %9s %8s %9s  %s%n";

    private final List<ProcessFigures> samples = new ArrayList<>();
    private final List<Long> startsMs = new ArrayList<>();

    void head() {
        System.out.printf(
                FORM,
                "time",
                "RSS MiB",
                "heap MiB",
                "state MiB",
                "files",
                "threads",
                "page KiB",
                "series",
                "load",
                "after");
    }

    void add(long seconds, ProcessFigures both, double load, String after) {
        samples.add(both);
        System.out.printf(
                FORM,
                "%d:%02d".formatted(seconds / 60, seconds % 60),
                both.rssKb() / 1024,
                "%.1f".formatted(both.heapKb() / 1024.0),
                "%.1f".formatted(both.stateKb() / 1024.0),
                both.files(),
                both.threads(),
                both.pageBytes() / 1024,
                both.series(),
                "%.1f".formatted(load),
                after);
    }

    void started(long ms) {
        startsMs.add(ms);
    }

    /**
     * Of each figure the mean of the last third is compared with that of the first third. The first fifth is left out:
     * caches fill, and what is remembered for a while reaches its length.
     */
    void assertFlat() {
        List<ProcessFigures> warm = samples.subList(samples.size() / 5, samples.size());
        assertThat(warm).as("samples").hasSizeGreaterThanOrEqualTo(3);
        List<String> grown = new ArrayList<>();
        check(grown, "RSS", warm, ProcessFigures::rssKb, 1.15, 40 * 1024);
        check(grown, "heap", warm, ProcessFigures::heapKb, 1.15, 8 * 1024);
        check(grown, "state", warm, ProcessFigures::stateKb, 1.25, 8 * 1024);
        check(grown, "files", warm, ProcessFigures::files, 1.15, 20);
        check(grown, "threads", warm, ProcessFigures::threads, 1.0, 3);
        check(grown, "page", warm, ProcessFigures::pageBytes, 1.05, 4 * 1024);
        check(grown, "series", warm, ProcessFigures::series, 1.05, 20);
        check(grown, "start (ms of CPU)", startsMs, ms -> ms, 1.3, 2_000);
        assertThat(grown).as("grown from the first to the last third").isEmpty();
    }

    private static <T> void check(
            List<String> grown, String name, List<T> all, ToLongFunction<T> figure, double factor, long more) {
        int third = Math.max(1, all.size() / 3);
        double first = mean(all.subList(0, third), figure);
        double last = mean(all.subList(all.size() - third, all.size()), figure);
        double limit = first * factor + more;
        System.out.printf(
                "%-18s %,14.0f in the first third, %,14.0f in the last, limit %,14.0f%n", name, first, last, limit);
        if (last > limit) {
            grown.add("%s from %,.0f to %,.0f".formatted(name, first, last));
        }
    }

    private static <T> double mean(List<T> all, ToLongFunction<T> figure) {
        return all.stream().mapToLong(figure).average().orElse(0);
    }
}
