package io.foundling.service.it.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples that report over HTTP, each in a language that may not be installed. */
enum ReportExample {
    PYTHON("python/report_http.py", 3, 8, "python3", "-B"),
    /** Runs only if the first node on the path strips types. */
    TYPESCRIPT("typescript/report.ts", 22, 6, "node", "--experimental-strip-types");

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final long LIMIT_SECONDS = 120;

    private final Path file;
    private final int major;
    private final int minor;
    private final List<String> program;

    ReportExample(String file, int major, int minor, String... program) {
        this.file = Path.of("../examples", file);
        this.major = major;
        this.minor = minor;
        this.program = List.of(program);
    }

    /** What an example printed, errors too. */
    record Run(int exitCode, String printed) {}

    Path file() {
        return file;
    }

    /** Skips the test, with the reason, on a machine that cannot run it. */
    void assumeInstalled() throws IOException, InterruptedException {
        String needed = "%s was not run: it needs %s from %d.%d on".formatted(file, program.get(0), major, minor);
        String found;
        try {
            found = run(List.of(program.get(0), "--version")).printed().strip();
        } catch (IOException missing) {
            found = "none on the path";
        }
        Matcher version = VERSION.matcher(found);
        assumeTrue(version.find() && isEnough(version), needed + ", and there is " + found);
    }

    private boolean isEnough(Matcher version) {
        int found = Integer.parseInt(version.group(1));
        return found > major || found == major && Integer.parseInt(version.group(2)) >= minor;
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.add(file.toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static Run run(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("foundling-example-", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().put("NO_PROXY", "127.0.0.1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends within %d s", command, LIMIT_SECONDS)
                    .isTrue();
            return new Run(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(printed);
        }
    }
}
