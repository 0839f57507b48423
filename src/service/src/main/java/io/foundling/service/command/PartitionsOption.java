package io.foundling.service.command;

import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The partition count of the sources and of all topics that are partitioned like them. */
final class PartitionsOption {

    private OptionalInt count = OptionalInt.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of the source topics and of every topic that is partitioned like them.")
    void count(int wanted) {
        if (wanted < 1) {
            throw new ParameterException(command.commandLine(), "--partitions is " + wanted + ", must be 1 or more");
        }
        count = OptionalInt.of(wanted);
    }

    OptionalInt count() {
        return count;
    }
}
