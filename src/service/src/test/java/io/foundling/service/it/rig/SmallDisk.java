package io.foundling.service.it.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file system of a few megabytes in a mount namespace of its own, which ends with {@link #close}. Processes see it if they are
 * started with {@link #prefix}. Mounting takes root, or a system that lets every user be root in a namespace of his own.
 */
public final class SmallDisk implements AutoCloseable {

    private static final String MOUNTED = "mounted";

    private final Path path;
    private final Process namespace;
    private final List<String> prefix;

    private SmallDisk(Path path, Process namespace, List<String> prefix) {
        this.path = path;
        this.namespace = namespace;
        this.prefix = prefix;
    }

    /** Where no file system can be mounted the test is skipped, but not in CI: there it fails. */
    public static SmallDisk mountedAt(Path path, String size) {
        List<String> refusals = new ArrayList<>();
        Optional<SmallDisk> disk = mounted(path, size, List.of(), List.of(), refusals)
                .or(() -> mounted(
                        path,
                        size,
                        List.of("--user", "--map-root-user"),
                        List.of("--user", "--preserve-credentials"),
                        refusals));
        String reason =
                "no file system can be mounted here, neither as this user nor as root of a user namespace: " + refusals;
        assertThat(disk.isPresent() || !"true".equals(System.getenv("CI")))
                .as(reason)
                .isTrue();
        assumeTrue(disk.isPresent(), reason);
        return disk.get();
    }

    private static Optional<SmallDisk> mounted(
            Path path, String size, List<String> unshare, List<String> nsenter, List<String> refusals) {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
        command.addAll(unshare);
        // Waits for the end of its input, which comes with the end of this JVM too.
        String script = "mount -t tmpfs -o size=" + size + " tmpfs '" + path + "' && echo " + MOUNTED + " && exec cat";
        command.addAll(List.of("sh", "-c", script));
        try {
            Files.createDirectories(path);
            Process namespace =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String answer = String.valueOf(namespace.inputReader().readLine());
            if (answer.equals(MOUNTED)) {
                List<String> prefix = new ArrayList<>(List.of("nsenter", "--mount"));
                prefix.addAll(nsenter);
                prefix.addAll(List.of("--target", Long.toString(namespace.pid())));
                return Optional.of(new SmallDisk(path, namespace, prefix));
            }
            refusals.add(answer);
        } catch (IOException missing) {
            refusals.add(missing.getMessage());
        }
        return Optional.empty();
    }

    public Path path() {
        return path;
    }

    /** What goes before a command that shall see it. */
    public List<String> prefix() {
        return prefix;
    }

    /** Leaves no space. */
    public void fill() {
        run(
                "sh",
                "-c",
                "dd if=/dev/zero of='" + path + "/filler' oflag=append conv=notrunc bs=64k 2>/dev/null;"
                        + " dd if=/dev/zero of='" + path
                        + "/filler' oflag=append conv=notrunc bs=4k 2>/dev/null; true");
    }

    public void makeSpace() {
        run("rm", "-f", path + "/filler");
    }

    /** Makes it read-only ({@code ro}) or writable ({@code rw}). */
    public void remount(String how) {
        run("mount", "-o", "remount,bind," + how, path.toString());
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
