package io.foundling.service.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code foundling act extend}. */
@Command(
        name = "extend",
        description = "Moves the deadline of what awaits.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # The bank needs a day more",
            "  foundling act extend record/university/declaration/4711 --until 24h --reason OPS-12",
            "  # All members of a batch",
            "  foundling act extend --parent batch/university/payment-run/2026-09-01 --until 24h --reason OPS-12"
        })
final class ActExtendCommand implements Callable<Integer> {

    @Mixin
    private final ActOptions options;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            required = true,
            description = "The new deadline: how long from now, such as 6h, or a moment such as 2026-12-01T12:00:00Z.")
    private String until;

    ActExtendCommand(Map<String, String> environment) {
        options = new ActOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode act = options.act("extend");
        act.put("until", until);
        return options.run(act);
    }
}
