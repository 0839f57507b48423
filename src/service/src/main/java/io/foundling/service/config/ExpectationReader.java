package io.foundling.service.config;

import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.ExpectationCircle;
import io.foundling.topology.settings.LedgerSettings.Retention;
import io.foundling.topology.settings.PolicyMatch;
import io.foundling.topology.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the policies that are expectations. One with a problem is left out, and the problem is noted. */
final class ExpectationReader {

    private static final Set<String> KEYS =
            ExpectationKeys.ALL.stream().map(ConfigKey::path).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> SECTIONS = Set.of("policies[].after", "policies[].expect");

    private final ConfigValues values;
    private final Retention retention;

    ExpectationReader(ConfigValues values, Retention retention) {
        this.values = values;
        this.retention = retention;
    }

    /** Whether a policy has {@code after} or {@code expect}, empty or not. */
    static boolean isExpectation(WrittenItem written) {
        return written.sections().stream().anyMatch(SECTIONS::contains);
    }

    List<Expectation> read() {
        List<Expectation> expectations = values.items(ConfigSchema.POLICIES).stream()
                .filter(ExpectationReader::isExpectation)
                .map(this::expectation)
                .flatMap(Optional::stream)
                .toList();
        Optional<String> circle = new ExpectationCircle(expectations).sentence();
        circle.ifPresent(values::problem);
        return circle.isPresent() ? List.of() : expectations;
    }

    private Optional<Expectation> expectation(WrittenItem written) {
        Map<String, WrittenValue> settings = written.settings();
        var name = needed(written, PolicyKeys.NAME);
        var afterStage = needed(written, ExpectationKeys.AFTER_STAGE);
        var stage = needed(written, ExpectationKeys.EXPECT_STAGE);
        var within = needed(written, ExpectationKeys.EXPECT_WITHIN);
        Set<String> others = new TreeSet<>(settings.keySet());
        others.removeAll(KEYS);
        others.remove(PolicyKeys.NAME.path());
        others.forEach(other -> values.problem(
                settings.get(other).origin(),
                other + " is set beside after and expect, expected only policies[].name there"));
        var after = new PolicyMatch(
                values.found(ExpectationKeys.AFTER_KIND, settings),
                values.found(ExpectationKeys.AFTER_SOURCE, settings),
                afterStage,
                Optional.of(found(ExpectationKeys.AFTER_STATUS, settings)));
        within.filter(time -> time.compareTo(retention.remembered()) > 0)
                .ifPresent(time -> values.problem(
                        settings.get(ExpectationKeys.EXPECT_WITHIN.path()).origin(), tooLong(time)));
        if (name.isEmpty() || afterStage.isEmpty() || stage.isEmpty() || within.isEmpty()) {
            return Optional.empty();
        }
        try {
            var expected = new Expectation.Expected(
                    values.found(ExpectationKeys.EXPECT_KIND, settings),
                    values.found(ExpectationKeys.EXPECT_SOURCE, settings),
                    stage.get(),
                    found(ExpectationKeys.EXPECT_ID, settings));
            return Optional.of(new Expectation(name.get(), after, expected, within.get()));
        } catch (IllegalArgumentException wrong) {
            values.problem(written.origin(), "policies[].expect: " + wrong.getMessage());
            return Optional.empty();
        }
    }

    private String tooLong(Duration within) {
        return "policies[].expect.within is %s, expected at most %s, because the ledger may have forgotten the first"
                        .formatted(DurationText.of(within), DurationText.of(retention.remembered()))
                + " subject after that; shorten it, or raise retention.memory, or the shorter of retention.completed"
                + " and retention.unsuccessful";
    }

    private <T> Optional<T> needed(WrittenItem written, ConfigKey<T> key) {
        if (!written.settings().containsKey(key.path())) {
            values.problem(
                    written.origin(), key.path() + " is missing, expected one in a policy with after and expect");
        }
        return values.found(key, written.settings());
    }

    private <T> T found(ConfigKey<T> key, Map<String, WrittenValue> settings) {
        return values.found(key, settings).orElseGet(key::defaultValue);
    }
}
