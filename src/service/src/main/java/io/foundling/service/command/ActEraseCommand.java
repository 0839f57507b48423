package io.foundling.service.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code foundling act erase}. */
@Command(
        name = "erase",
        description = "Has everything about a subject forgotten; needs the roles operator and auditor.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # A person wants to be forgotten",
            "  foundling act erase record/university/declaration/4711 --reason GDPR-17"
        })
final class ActEraseCommand implements Callable<Integer> {

    @Mixin
    private final ActOptions options;

    ActEraseCommand(Map<String, String> environment) {
        options = new ActOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run(options.act("erase"));
    }
}
