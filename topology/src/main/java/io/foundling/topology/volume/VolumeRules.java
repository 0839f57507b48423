package io.foundling.topology.volume;

import io.foundling.topology.settings.Volume;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Compares the latest sample of a scope with its baseline (rules C3 and C4). Pure. */
final class VolumeRules {

    private static final int MOST = 5;
    private static final int LEAST = 2;
    private static final int WITHIN_DAYS = 30;
    private static final int MAX_NAMED = 3;

    private final Volume policy;

    VolumeRules(Volume policy) {
        this.policy = policy;
    }

    /** Returns which counts of the latest sample are anomalies, with their baselines; empty if none is. */
    Optional<String> finding(Samples samples) {
        List<String> anomalies = new ArrayList<>();
        for (Map.Entry<String, Long> count : samples.latest().counts().entrySet()) {
            List<Sample> baseline = baseline(samples, count.getKey());
            if (baseline.size() >= LEAST && isAnomaly(count.getValue(), median(baseline, count.getKey()))) {
                anomalies.add(words(samples.latest().day(), count, baseline));
            }
        }
        if (anomalies.isEmpty()) {
            return Optional.empty();
        }
        String more = anomalies.size() > MAX_NAMED ? "; " + (anomalies.size() - MAX_NAMED) + " further counts" : "";
        return Optional.of(anomalies.stream().limit(MAX_NAMED).collect(Collectors.joining("; ")) + more);
    }

    /** Returns up to five samples to compare with, the newest first. A single one is no baseline. */
    List<Sample> baseline(Samples samples, String count) {
        Sample latest = samples.latest();
        List<Sample> counted = samples.earlier().stream()
                .filter(sample -> sample.counts().containsKey(count))
                .toList();
        if (policy.monthEnds() && latest.isMonthEnd()) {
            return first(counted, Sample::isMonthEnd);
        }
        LocalDate earliest = latest.day().minusDays(WITHIN_DAYS);
        List<Sample> recent = counted.stream()
                .filter(sample -> !sample.day().isBefore(earliest))
                .filter(sample -> !policy.monthEnds() || !sample.isMonthEnd())
                .toList();
        List<Sample> sameWeekday = first(
                recent, sample -> sample.day().getDayOfWeek() == latest.day().getDayOfWeek());
        return sameWeekday.size() >= LEAST ? sameWeekday : first(recent, sample -> true);
    }

    private static List<Sample> first(List<Sample> samples, Predicate<Sample> which) {
        return samples.stream().filter(which).limit(MOST).toList();
    }

    static double median(List<Sample> baseline, String count) {
        List<Long> sorted = baseline.stream()
                .map(sample -> sample.counts().get(count))
                .sorted()
                .toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : sorted.get(middle - 1) / 2.0 + sorted.get(middle) / 2.0;
    }

    private boolean isAnomaly(long value, double median) {
        return Math.max(value, median) >= policy.floor()
                && Math.abs(value - median) > policy.percent() / 100.0 * Math.abs(median);
    }

    private static String words(LocalDate day, Map.Entry<String, Long> count, List<Sample> baseline) {
        String samples = baseline.stream()
                .map(sample -> sample.day() + ": " + sample.counts().get(count.getKey()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s of %s is %d, the median of %s is %.1f",
                count.getKey(),
                day,
                count.getValue(),
                samples,
                median(baseline, count.getKey()));
    }
}
