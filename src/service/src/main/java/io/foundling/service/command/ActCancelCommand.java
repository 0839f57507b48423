package io.foundling.service.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code foundling act cancel}. */
@Command(
        name = "cancel",
        description = "Writes off what awaits.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # A record that nobody will process",
            "  foundling act cancel record/university/declaration/4711 --reason sold",
            "  # Orphans of a stage, after a look at the count",
            "  foundling act cancel --list orphans --source university --stage declaration --min-age 7d --reason OPS-12"
        })
final class ActCancelCommand implements Callable<Integer> {

    @Mixin
    private final ActOptions options;

    ActCancelCommand(Map<String, String> environment) {
        options = new ActOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run(options.act("cancel"));
    }
}
