package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The script {@code foundling} of the checkout, after both modules that it runs were built. */
final class StartScript {

    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    private static final long PATIENCE_SECONDS = 60;

    private StartScript() {}

    /** Runs it, requires exit code 0, and returns what it printed, errors included. */
    static String run(String... arguments) throws IOException, InterruptedException {
        assertBuilt("service");
        assertBuilt("demo");
        List<String> command = new ArrayList<>(List.of(HOME.resolve("foundling").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    /** The script would otherwise build, within this build. */
    private static void assertBuilt(String module) {
        assertThat(HOME.resolve("src/" + module + "/target/lib"))
                .isDirectoryContaining("glob:**/foundling-" + module + "-*.jar");
    }
}
