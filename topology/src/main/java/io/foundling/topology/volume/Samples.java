package io.foundling.topology.volume;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The samples of one scope, one for each day on which it completed: those of the 35 days before the latest, and month
 * ends of the 190 days before it (rule C3).
 *
 * @param all by day
 */
record Samples(List<Sample> all) {

    static final Samples NONE = new Samples(List.of());

    private static final int KEPT_DAYS = 35;
    private static final int MONTH_ENDS_KEPT_DAYS = 190;

    Samples {
        all = List.copyOf(all);
    }

    /** Returns the same with one more completion; this one itself if that changes nothing. */
    Samples with(Sample added) {
        List<Sample> changed = new ArrayList<>(all);
        for (Sample each : all) {
            if (each.day().equals(added.day())) {
                if (!added.isLaterThan(each)) {
                    return this;
                }
                changed.remove(each);
            }
        }
        changed.add(added);
        changed.sort(Comparator.comparing(Sample::day));
        LocalDate latest = changed.get(changed.size() - 1).day();
        changed.removeIf(each -> each.day().isBefore(latest.minusDays(keptDays(each))));
        return changed.equals(all) ? this : new Samples(changed);
    }

    private static int keptDays(Sample sample) {
        return sample.isMonthEnd() ? MONTH_ENDS_KEPT_DAYS : KEPT_DAYS;
    }

    Sample latest() {
        return all.get(all.size() - 1);
    }

    /** Returns the samples before the latest, the newest first. */
    List<Sample> earlier() {
        List<Sample> earlier = new ArrayList<>();
        for (int i = all.size() - 2; i >= 0; i--) {
            earlier.add(all.get(i));
        }
        return earlier;
    }
}
