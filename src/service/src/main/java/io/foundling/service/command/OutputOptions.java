package io.foundling.service.command;

import io.foundling.service.listing.Format;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a list is written, where to, and how much of it. */
final class OutputOptions {

    /** A screen or two. */
    private static final long ROWS = 100;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description =
                    "One of ${COMPLETION-CANDIDATES}; default: as the name of --file ends, or TABLE. A table has what"
                            + " people look at, the others have all fields.")
    private Format format;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Writes there instead of to standard output. The file has everything, or is not written.")
    private Path file;

    @Option(names = "--all", description = "Lists all rows.")
    private boolean isAll;

    private Optional<Long> limit = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "Lists so many rows at most; default: " + ROWS + ".")
    void limit(long rows) {
        if (rows < 1) {
            throw new ParameterException(command.commandLine(), "--limit is " + rows + ", must be 1 or more");
        }
        limit = Optional.of(rows);
    }

    /** Returns how many rows are written at most; none: all. */
    Optional<Long> limit() {
        if (isAll && limit.isPresent()) {
            throw new ParameterException(
                    command.commandLine(), "--all and --limit are both given, must be one of them");
        }
        return isAll ? Optional.empty() : limit.or(() -> Optional.of(ROWS));
    }

    /** Returns how many rows are written at most of a list that is of use only as a whole. */
    Optional<Long> limitIfGiven() {
        return limit.isPresent() ? limit() : Optional.empty();
    }

    Format format() {
        return Optional.ofNullable(format)
                .or(() ->
                        Optional.ofNullable(file).flatMap(named -> Format.ofFile(String.valueOf(named.getFileName()))))
                .orElse(Format.TABLE);
    }

    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
