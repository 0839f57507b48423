package io.foundling.topology.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Shortens lists of steps: runs of steps that say the same but for their times, and lists longer than anybody reads. */
final class Runs {

    /** So many steps of a list are shown, half of them from its beginning. */
    static final int MAX_STEPS = 200;

    /** Shorter runs are shown as they are. */
    private static final int MIN_RUN = 4;

    private static final Pattern TIMES = Pattern.compile(
            "[+-]?\\d{4,}-\\d\\d-\\d\\dT[\\d:.]+Z|, appended [^.]+ after it happened| \\(extension \\d+\\)");

    private Runs() {}

    static List<Step> shorten(List<Step> steps) {
        List<Step> shortened = new ArrayList<>();
        int begin = 0;
        for (int at = 1; at <= steps.size(); at++) {
            if (at == steps.size() || !isLike(steps.get(begin), steps.get(at))) {
                addRun(steps.subList(begin, at), shortened);
                begin = at;
            }
        }
        return capped(shortened);
    }

    private static boolean isLike(Step one, Step other) {
        return one.rules().equals(other.rules()) && withoutTimes(one).equals(withoutTimes(other));
    }

    private static String withoutTimes(Step step) {
        return TIMES.matcher(step.sentence()).replaceAll("");
    }

    private static void addRun(List<Step> run, List<Step> steps) {
        if (run.size() < MIN_RUN) {
            steps.addAll(run);
            return;
        }
        steps.add(run.get(0));
        steps.add(Step.of("And " + count(run.size() - 2) + " more like it, before this one:"));
        steps.add(run.get(run.size() - 1));
    }

    private static List<Step> capped(List<Step> steps) {
        if (steps.size() <= MAX_STEPS) {
            return steps;
        }
        int half = MAX_STEPS / 2;
        List<Step> capped = new ArrayList<>(steps.subList(0, half));
        capped.add(Step.of("Here are " + count(steps.size() - 2 * half) + " more steps, which are not shown: at most "
                + MAX_STEPS + " are."));
        capped.addAll(steps.subList(steps.size() - half, steps.size()));
        return capped;
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
