package io.foundling.service.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.service.asking.ConsoleClient;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes one list as the options want it. Rows go to standard output or the file, remarks to standard error: that there are
 * no rows, or more than the limit, and that the console is behind.
 */
final class ListRun {

    /** A console is a few seconds behind; this is worth a remark. */
    private static final Duration BEHIND = Duration.ofMinutes(5);

    private final CommandSpec spec;
    private final OutputOptions output;
    private final Map<String, String> environment;
    private final Instant now;

    ListRun(CommandSpec spec, OutputOptions output, Map<String, String> environment, Instant now) {
        this.spec = spec;
        this.output = output;
        this.environment = environment;
        this.now = now;
    }

    /**
     * Writes it.
     *
     * @param keeps which rows count
     * @return the exit code
     */
    int run(
            Listing listing,
            ConsoleClient client,
            Question question,
            Predicate<ObjectNode> keeps,
            Optional<Long> limit) {
        Terminal terminal = Terminal.of(environment);
        boolean isShown = output.file().isEmpty() && terminal.isShown();
        try (LineTarget target = LineTarget.of(output.file(), spec.commandLine().getOut())) {
            AtomicBoolean isRead = new AtomicBoolean(true);
            Predicate<String> lines = line -> {
                // Programs get a CSV as the console wrote it, and a terminal no escapes that it would obey.
                isRead.set(target.line(isShown ? Printable.line(line) : line));
                return isRead.get();
            };
            Printed printed = new ListPrinter(listing, client, limit, lines)
                    .print(question, keeps, output.format(), terminal, now);
            target.finish();
            if (isRead.get()) {
                remark(printed, limit);
            }
            return ExitCode.OK;
        }
    }

    private void remark(Printed printed, Optional<Long> limit) {
        PrintWriter err = spec.commandLine().getErr();
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
