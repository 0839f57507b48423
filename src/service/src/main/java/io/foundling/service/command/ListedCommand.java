package io.foundling.service.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.service.asking.Question;
import io.foundling.service.listing.Filter;
import io.foundling.service.listing.Listing;
import io.foundling.service.listing.Moments;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foundling list awaiting} and the like: its options are the filters of its list. */
@Command(mixinStandardHelpOptions = true)
final class ListedCommand implements Callable<Integer> {

    private final Listing listing;
    private final InstantSource clock;

    @Mixin
    private final ListRun list;

    @Spec
    private CommandSpec spec;

    private ListedCommand(Listing listing, Map<String, String> environment, InstantSource clock) {
        this.listing = listing;
        this.clock = clock;
        list = new ListRun(environment, clock);
    }

    static CommandLine of(Listing listing, Map<String, String> environment, InstantSource clock) {
        CommandLine command = new CommandLine(new ListedCommand(listing, environment, clock));
        CommandSpec spec = command.getCommandSpec().name(listing.word());
        listing.filters().forEach(filter -> spec.addOption(option(filter)));
        List<String> footer = new ArrayList<>(List.of("%nExamples:"));
        listing.examples().forEach(example -> {
            footer.add("  # " + example.purpose());
            footer.add("  foundling " + example.arguments());
        });
        spec.usageMessage().description(listing.description()).footer(footer.toArray(new String[0]));
        return command;
    }

    private static OptionSpec option(Filter filter) {
        boolean isFlag = filter.kind() == Filter.Kind.FLAG || filter.kind() == Filter.Kind.ROWS;
        OptionSpec.Builder option = OptionSpec.builder(filter.option()).description(filter.description());
        return isFlag
                ? option.arity("0").type(boolean.class).build()
                : option.arity("1")
                        .type(String.class)
                        .paramLabel(filter.label())
                        .completionCandidates(filter.candidates())
                        .build();
    }

    @Override
    public Integer call() {
        Instant now = clock.instant();
        Question question = listing.question();
        Predicate<ObjectNode> keeps = row -> true;
        for (Filter filter : listing.filters()) {
            Optional<String> value = given(filter);
            if (value.isPresent()) {
                switch (filter.kind()) {
                    case ROWS -> keeps = row -> row.path(filter.parameter()).asBoolean();
                    case MOMENT -> question = question.with(filter.parameter(), moment(filter, value.get(), now));
                    default -> question = question.with(filter.parameter(), value.get());
                }
            }
        }
        return list.first(listing, question, keeps);
    }

    private Optional<String> given(Filter filter) {
        Object value = spec.findOption(filter.option()).getValue();
        return Optional.ofNullable(value).filter(each -> !each.equals(false)).map(Object::toString);
    }

    private String moment(Filter filter, String text, Instant now) {
        return new Moments(now, ZoneId.systemDefault())
                .parse(text)
                .map(Instant::toString)
                .orElseThrow(() -> wrong(filter, text, Moments.EXPECTED));
    }

    private ParameterException wrong(Filter filter, String value, String expected) {
        return new ParameterException(spec.commandLine(), filter.option() + " is '" + value + "', must be " + expected);
    }
}
