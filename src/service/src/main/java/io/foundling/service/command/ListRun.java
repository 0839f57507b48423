package io.foundling.service.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.service.asking.Question;
import io.foundling.service.listing.ListPrinter;
import io.foundling.service.listing.ListPrinter.Printed;
import io.foundling.service.listing.Listing;
import io.foundling.service.table.Printable;
import io.foundling.service.table.Terminal;
import io.foundling.topology.text.DurationWords;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The options of every command that writes a list, and the writing of the list by these options. Rows go to standard
 * output or the file. Remarks go to standard error: that there are no rows, or more than the limit, and that the
 * console is behind.
 */
final class ListRun {

    /** A console is a few seconds behind; this is worth a remark. */
    private static final Duration BEHIND = Duration.ofMinutes(5);

    private final Map<String, String> environment;
    private final InstantSource clock;

    @Mixin
    private final ConsoleOptions console;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    ListRun(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
        console = new ConsoleOptions(environment);
    }

    /**
     * Writes the first rows.
     *
     * @param keeps which rows count
     * @return the exit code
     */
    int first(Listing listing, Question question, Predicate<ObjectNode> keeps) {
        return run(listing, question, keeps, output.limit());
    }

    /** Writes a list that is of use only as a whole, and returns the exit code. */
    int whole(Listing listing) {
        return run(listing, listing.question(), row -> true, output.limitIfGiven());
    }

    private int run(Listing listing, Question question, Predicate<ObjectNode> keeps, Optional<Long> limit) {
        Instant now = clock.instant();
        Terminal terminal = Terminal.of(environment);
        boolean isShown = output.file().isEmpty() && terminal.isShown();
        try (LineTarget target =
                LineTarget.of(output.file(), command.commandLine().getOut())) {
            AtomicBoolean isRead = new AtomicBoolean(true);
            Predicate<String> lines = line -> {
                // Programs get a CSV as the console wrote it, and a terminal no escapes that it would obey.
                isRead.set(target.line(isShown ? Printable.line(line) : line));
                return isRead.get();
            };
            Printed printed = new ListPrinter(listing, console.client(), limit, lines)
                    .print(question, keeps, output.format(), terminal, now);
            target.finish();
            if (isRead.get()) {
                remark(printed, limit, now);
            }
            return ExitCode.OK;
        }
    }

    private void remark(Printed printed, Optional<Long> limit, Instant now) {
        PrintWriter err = command.commandLine().getErr();
        if (printed.rows() == 0) {
            err.println("There are none.");
        }
        if (printed.isMore()) {
            err.println("There are more than " + limit.orElse(printed.rows()) + "; --limit N or --all lists them.");
        }
        printed.completeSince()
                .ifPresent(since -> err.println("No event is missing that was appended since " + since + "."));
        if (printed.isStateKnown() && printed.asOf().isEmpty()) {
            err.println("The console is still catching up with its topics: something may be missing.");
        }
        printed.asOf()
                .map(asOf -> Duration.between(asOf, now))
                .filter(behind -> behind.compareTo(BEHIND) > 0)
                .ifPresent(behind -> err.println("The console is " + DurationWords.brief(behind.toMillis())
                        + " behind its topics: something newer may be missing."));
    }
}
