package io.foundling.console.pages;

import io.foundling.topology.settings.Demands;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicyMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A policy as its page shows it.
 *
 * @param appliesTo which subjects
 * @param status empty if in any
 * @param limit how long it may last, or within which time something must begin; empty if it gives no deadline
 * @param demands what else must be so
 */
public record PolicyLine(
        String name, String appliesTo, String status, String limit, String grace, String repeat, List<String> demands) {

    static PolicyLine of(Policy policy) {
        return new PolicyLine(
                policy.name(),
                appliesTo(policy.match()),
                status(policy.match()),
                policy.window().map(Ages::of).orElse(""),
                policy.grace().isZero() ? "" : Ages.of(policy.grace()),
                policy.repeat().map(Ages::of).orElse(""),
                demands(policy.demands()));
    }

    static PolicyLine of(Expectation expectation) {
        return new PolicyLine(
                expectation.name(),
                appliesTo(expectation.after()),
                status(expectation.after()),
                Ages.of(expectation.within()),
                "",
                "",
                List.of());
    }

    private static String status(PolicyMatch match) {
        return match.status().map(Enum::name).orElse("");
    }

    private static String appliesTo(PolicyMatch match) {
        String words = Stream.of(
                        match.kind().map(kind -> kind.name().toLowerCase(Locale.ROOT)),
                        match.source().map(source -> "source " + source),
                        match.stage().map(stage -> "stage " + stage))
                .flatMap(part -> part.stream())
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "everything" : words;
    }

    private static List<String> demands(Demands demands) {
        List<String> words = new ArrayList<>();
        if (demands.expectsOutput()) {
            words.add("says what came out");
        }
        demands.singleRun().ifPresent(run -> words.add("one run at a time"));
        demands.freshBy().ifPresent(times -> words.add("completed again by set times"));
        demands.volume().ifPresent(volume -> words.add("counts do not deviate"));
        demands.memberCount().ifPresent(count -> words.add("has as many members as its count " + count));
        return words;
    }
}
