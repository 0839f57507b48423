package io.foundling.service.command;

import io.foundling.service.listing.SubjectView;
import io.foundling.service.table.Printable;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foundling show}. */
@Command(
        name = "show",
        description =
                "Shows one subject at a glance: status, attempt, deadline, parent, warning and last events; of a batch"
                        + " also its members by status, and which of them are missing.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Where a record is",
            "  foundling show record/university/declaration/4711",
            "  # How far a batch is",
            "  foundling show batch/university/payment-run/2026-09-01"
        })
final class ShowCommand implements Callable<Integer> {

    private final InstantSource clock;

    @Mixin
    private final ConsoleOptions console;

    @Parameters(paramLabel = "KEY", converter = KeyParameter.class, description = KeyParameter.DESCRIPTION)
    private String key;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "TEXT",
            description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private TextFormat format;

    @Spec
    private CommandSpec spec;

    ShowCommand(Map<String, String> environment, InstantSource clock) {
        this.clock = clock;
        console = new ConsoleOptions(environment);
    }

    @Override
    public Integer call() {
        SubjectView view = new SubjectView(console.client(), clock.instant());
        if (format == TextFormat.JSON) {
            spec.commandLine().getOut().println(Printable.json(view.json(key)));
        } else {
            view.lines(key).forEach(spec.commandLine().getOut()::println);
        }
        return ExitCode.OK;
    }
}
