package io.foundling.topology.reconciliation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The results of the checks of one scope: of each check those of the latest {@value #MAX_DATES} dates, one for each date
 * (rule C1).
 *
 * @param all by check, then by date
 */
record Results(List<Result> all) {

    static final int MAX_DATES = 62;

    static final Results NONE = new Results(List.of());

    Results {
        all = List.copyOf(all);
    }

    /** Returns the same with one more result; this one itself if it changes nothing. */
    Results with(Result added) {
        List<Result> changed = new ArrayList<>(all);
        Optional<Result> sameDate = all.stream().filter(added::isOfSameDateAs).findFirst();
        if (sameDate.isPresent()) {
            if (!added.isLaterThan(sameDate.get())) {
                return this;
            }
            changed.remove(sameDate.get());
        }
        changed.add(added);
        changed.sort(Result.BY_CHECK_AND_DATE);
        List<Result> ofCheck = changed.stream()
                .filter(result -> result.check() == added.check())
                .toList();
        if (ofCheck.size() > MAX_DATES) {
            changed.remove(ofCheck.get(0));
        }
        return changed.equals(all) ? this : new Results(changed);
    }

    /** Returns the results of dates that are no longer among these. */
    List<Result> missingIn(Results later) {
        return all.stream()
                .filter(result -> later.all.stream().noneMatch(result::isOfSameDateAs))
                .toList();
    }

    /** Returns what the checks found of which the result of the latest date is not good; empty if all are (rule C2). */
    Optional<String> finding() {
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean isLatest =
                    i + 1 == all.size() || all.get(i + 1).check() != all.get(i).check();
            if (isLatest && !all.get(i).passed()) {
                findings.add(all.get(i).finding());
            }
        }
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of(findings.stream().collect(Collectors.joining("; ")));
    }
}
