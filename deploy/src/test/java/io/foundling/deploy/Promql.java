package io.foundling.deploy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which metrics a PromQL expression names, and with which labels. Knows as much of the grammar as our rules and dashboard
 * use; what it does not know it takes for a metric, so that a test fails rather than passes.
 *
 * @param metrics each with the labels that its selectors match on
 * @param labels that the expression groups or joins by, of whichever metric
 */
record Promql(Map<String, Set<String>> metrics, Set<String> labels) {

    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[0-9a-z:]+]|\\boffset [0-9a-z]+");
    private static final Pattern LABELS =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*})?(\\s*\\()?");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]+)\\s*(?:=~|!~|!=|=)");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "by", "on", "bool");

    static Promql of(String expression) {
        Set<String> labels = new TreeSet<>();
        String plain =
                RANGE.matcher(STRING.matcher(expression).replaceAll("''")).replaceAll("");
        Matcher grouping = LABELS.matcher(plain);
        while (grouping.find()) {
            for (String label : grouping.group(1).split(",")) {
                labels.add(label.strip());
            }
        }
        // on () joins by no label.
        labels.remove("");
        return new Promql(selectors(LABELS.matcher(plain).replaceAll("")), labels);
    }

    private static Map<String, Set<String>> selectors(String expression) {
        Map<String, Set<String>> metrics = new HashMap<>();
        Matcher selector = SELECTOR.matcher(expression);
        while (selector.find()) {
            boolean function = selector.group(3) != null && selector.group(2) == null;
            if (function || WORDS.contains(selector.group(1))) {
                continue;
            }
            Set<String> matched = metrics.computeIfAbsent(selector.group(1), name -> new HashSet<>());
            Matcher matcher = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
            while (matcher.find()) {
                matched.add(matcher.group(1));
            }
        }
        return metrics;
    }
}
