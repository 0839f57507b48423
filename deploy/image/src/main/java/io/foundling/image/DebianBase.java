package io.foundling.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A base made on this machine by the script {@code base}: Debian files and a Java runtime. */
final class DebianBase {

    /** What the script returns if the machine has not what it takes. */
    private static final int NOT_HERE = 3;

    private DebianBase() {}

    /**
     * Makes it.
     *
     * @param directory where it is made, and stays
     * @return the archive
     * @throws BaseUnavailableException if there are no Debian packages, or no jlink, within reach
     */
    static Path make(Path script, Path directory, Architecture architecture) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", script.toString(), directory.toString(), architecture.label())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int ended = exitCode(process);
        if (ended == NOT_HERE) {
            throw new BaseUnavailableException(output);
        }
        if (ended != 0) {
            throw new IOException(script + " ended with " + ended + ":\n" + output);
        }
        return directory.resolve("base.tar");
    }

    private static int exitCode(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the base was made", e);
        }
    }
}
