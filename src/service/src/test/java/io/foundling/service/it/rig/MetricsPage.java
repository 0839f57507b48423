package io.foundling.service.it.rig;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The figures of one {@code /metrics} page in Prometheus text format. */
public record MetricsPage(List<Sample> samples) {

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One line. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    public MetricsPage {
        samples = List.copyOf(samples);
    }

    public static MetricsPage parse(String text) {
        return new MetricsPage(text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Sample(line.group(1), labels(line.group(2)), Double.parseDouble(line.group(3))))
                .toList());
    }

    private static Map<String, String> labels(String text) {
        return text == null
                ? Map.of()
                : LABEL.matcher(text)
                        .results()
                        .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    /** Returns the sum over all samples of this name that carry these labels, 0 if there is none. */
    public long sum(String name, Map<String, String> labels) {
        return Math.round(samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Sample::value)
                .sum());
    }

    public long sum(String name) {
        return sum(name, Map.of());
    }
}
