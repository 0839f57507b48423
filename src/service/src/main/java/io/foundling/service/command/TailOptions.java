package io.foundling.service.command;

import io.foundling.service.listing.Moments;
import io.foundling.service.tail.TailFilter;
import io.foundling.service.tail.TailTopic;
import io.foundling.topology.text.Suggestion;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which records of a topic are shown. */
final class TailOptions {

    private static final String MOMENT =
            ": a duration ago such as 24h, today, yesterday, a date, or 2026-11-30T12:00:00Z.";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            converter = KeyParameter.class,
            description = "Only records of this subject: kind/source/stage/id.")
    private String key;

    @Option(names = "--source", paramLabel = "NAME", description = "Only records of this source.")
    private String source;

    @Option(names = "--stage", paramLabel = "NAME", description = "Only records of this stage.")
    private String stage;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            split = ",",
            description =
                    "Only records with one of these, separated by commas; of events the status that they give, or the"
                            + " name of the fact.")
    private List<String> statuses = List.of();

    @Option(names = "--since", paramLabel = "TIME", description = "Begins with records from then" + MOMENT)
    private String since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Only records from before then, and no waiting" + MOMENT)
    private String until;

    /** Returns what they say. */
    TailFilter filter(TailTopic topic, Instant now) {
        return new TailFilter(
                Optional.ofNullable(key),
                Optional.ofNullable(source),
                Optional.ofNullable(stage),
                statuses(topic),
                moment("--since", since, now),
                moment("--until", until, now));
    }

    private Set<String> statuses(TailTopic topic) {
        Set<String> known = topic.statuses();
        Set<String> wanted = new TreeSet<>();
        for (String status : statuses) {
            String name = status.strip().toUpperCase(Locale.ROOT);
            if (!known.contains(name)) {
                throw wrong(
                        known.isEmpty()
                                ? "--status is '" + status + "', must be left out: " + topic.word() + " have no status"
                                : "--status is '" + status + "', must be one of " + String.join(", ", known)
                                        + Suggestion.of(name, known));
            }
            wanted.add(name);
        }
        return wanted;
    }

    private Optional<Instant> moment(String option, String text, Instant now) {
        return Optional.ofNullable(text)
                .map(given -> new Moments(now, ZoneId.systemDefault())
                        .parse(given)
                        .orElseThrow(() -> wrong(option + " is '" + given + "', must be " + Moments.EXPECTED)));
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
