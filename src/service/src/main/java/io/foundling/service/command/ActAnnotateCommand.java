package io.foundling.service.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code foundling act annotate}. */
@Command(
        name = "annotate",
        description = "Adds metadata.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Where people talk about it",
            "  foundling act annotate record/university/declaration/4711 --set ticket=OPS-12 --reason seen"
        })
final class ActAnnotateCommand implements Callable<Integer> {

    @Mixin
    private final ActOptions options;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            required = true,
            description = "An entry of the metadata; may be given several times.")
    private Map<String, String> entries = new LinkedHashMap<>();

    ActAnnotateCommand(Map<String, String> environment) {
        options = new ActOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode act = options.act("annotate");
        ObjectNode metadata = act.putObject("metadata");
        entries.forEach(metadata::put);
        return options.run(act);
    }
}
