package io.foundling.service.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file system of a few megabytes in a mount namespace of its own, which ends with {@link #close}. Processes see it if they are
 * started with {@link #prefix}. Mounting takes root; tests that need it are skipped elsewhere.
 */
final class SmallDisk implements AutoCloseable {

    private final Path path;
    private final Process namespace;

    private SmallDisk(Path path, Process namespace) {
        this.path = path;
        this.namespace = namespace;
    }

    static SmallDisk mountedAt(Path path, String size) throws IOException {
        Files.createDirectories(path);
        // Waits for the end of its input, which comes with the end of this JVM too.
        Process namespace = new ProcessBuilder(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=" + size + " tmpfs '" + path + "' && echo mounted && cat")
                .redirectErrorStream(true)
                .start();
        String answer = namespace.inputReader().readLine();
        assumeTrue("mounted".equals(answer), () -> "a file system can be mounted here, as root: " + answer);
        return new SmallDisk(path, namespace);
    }

    Path path() {
        return path;
    }

    /** What goes before a command that shall see it. */
    List<String> prefix() {
        return List.of("nsenter", "-m", "-t", Long.toString(namespace.pid()));
    }

    /** Leaves no space. */
    void fill() {
        run(
                "sh",
                "-c",
                "dd if=/dev/zero of='" + path + "/filler' oflag=append conv=notrunc bs=64k 2>/dev/null;"
                        + " dd if=/dev/zero of='" + path
                        + "/filler' oflag=append conv=notrunc bs=4k 2>/dev/null; true");
    }

    void makeSpace() {
        run("rm", "-f", path + "/filler");
    }

    /** Makes it read-only ({@code ro}) or writable ({@code rw}). */
    void remount(String how) {
        run("mount", "-o", "remount," + how, path.toString());
    }

    private void run(String... command) {
        List<String> all = new ArrayList<>(prefix());
        all.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", all) + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a disk was prepared", e);
        }
    }

    @Override
    public void close() {
        namespace.destroyForcibly();
    }
}
