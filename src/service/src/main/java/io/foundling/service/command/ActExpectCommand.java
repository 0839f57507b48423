package io.foundling.service.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code foundling act expect}. */
@Command(
        name = "expect",
        description = "Announces that work on a subject should begin; the subject may be unknown so far.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Somebody has promised it for tomorrow",
            "  foundling act expect record/university/declaration/4711 --by 24h --reason promised"
        })
final class ActExpectCommand implements Callable<Integer> {

    @Mixin
    private final ActOptions options;

    @Option(
            names = "--by",
            paramLabel = "TIME",
            description =
                    "When it should have begun: how long from now, such as 6h, or a moment; default: by the policy.")
    private String by;

    ActExpectCommand(Map<String, String> environment) {
        options = new ActOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode act = options.act("expect");
        act.put("by", by);
        return options.run(act);
    }
}
