package io.foundling.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The image's entrypoint as an engine would run it, without one: on a read-only root, as the image's user, as process 1, with
 * state, configuration and {@code /etc/hosts} given, and a temporary directory that allows no execution. Needs root and Linux.
 */
final class ImageProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Takes root, state, configuration, user and directory, then the command. */
    private static final String ISOLATE = """
            set -e
            root=$1 state=$2 config=$3 user=$4 directory=$5
            shift 5
            hostname image-test
            mount --bind "$root" "$root"
            mount -t proc proc "$root/proc"
            mount --rbind /dev "$root/dev"
            mount -t tmpfs -o noexec,nosuid,nodev,size=16m,mode=1777 tmpfs "$root/tmp"
            mount --bind "$state" "$root$directory"
            mount --bind "$config" "$root/etc/foundling"
            mount -o remount,bind,ro "$root/etc/foundling"
            printf '127.0.0.1 localhost image-test\n' >"$root/etc/hosts"
            mount -o remount,bind,ro "$root"
            exec /usr/sbin/chroot --userspec="$user" --groups="${user#*:}" "$root" \
              /bin/sh -c 'cd "$0" && exec "$@"' "$directory" "$@"
            """;

    private final ImageContent image;
    private final Map<String, String> environment;
    private final Path log;
    private final Process isolated;

    private ImageProcess(ImageContent image, Map<String, String> environment, Path log, List<String> command) {
        this.image = image;
        this.environment = environment;
        this.log = log;
        isolated = started(command, log);
    }

    /**
     * Starts it.
     *
     * @param directory whose {@code state} and {@code config} are mounted; gets the log
     * @param environment in addition to what the image has
     */
    static ImageProcess start(
            ImageContent image, Path directory, Map<String, String> environment, String... arguments) {
        requireIsolation();
        String user = image.text("User");
        try {
            Path state = Files.createDirectories(directory.resolve("state"));
            Shell.run("chown", user, state.toString());
            List<String> command = new ArrayList<>(List.of("/usr/bin/unshare", "--mount", "--pid", "--uts", "--fork"));
            command.addAll(List.of("--kill-child", "--propagation", "private", "/bin/bash", "-c", ISOLATE, "isolate"));
            command.addAll(List.of(
                    image.root().toString(),
                    state.toString(),
                    Files.createDirectories(directory.resolve("config")).toString(),
                    user,
                    image.text("WorkingDir")));
            command.addAll(image.texts("Entrypoint"));
            command.addAll(List.of(arguments));
            Path log = Files.createTempFile(directory, arguments[0], ".log");
            return new ImageProcess(image, environment, log, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the entrypoint once more beside it, as {@code kubectl exec} does; returns what it printed if that went well. */
    String exec(String... arguments) {
        String[] user = image.text("User").split(":");
        List<String> command = new ArrayList<>(List.of("/usr/bin/nsenter", "--mount", "--pid", "--uts", "--root"));
        command.addAll(List.of("--wd", "--setuid", user[0], "--setgid", user[1]));
        command.addAll(List.of("--target", Long.toString(inside().pid())));
        command.addAll(image.texts("Entrypoint"));
        command.addAll(List.of(arguments));
        Path printed = log.resolveSibling("beside.log");
        int ended = awaitExit(started(command, printed), printed, PATIENCE);
        if (ended != 0) {
            throw new AssertionError("exit code " + ended + ":\n" + text(printed));
        }
        return text(printed);
    }

    private Process started(List<String> command, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        image.texts("Env").forEach(variable -> {
            int equals = variable.indexOf('=');
            builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
        });
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireIsolation() {
        try {
            Process trial = new ProcessBuilder("unshare", "--mount", "--pid", "--uts", "--fork", "true").start();
            if (trial.waitFor() != 0 || !"0\n".equals(Shell.run("id", "-u"))) {
                BuiltImages.missing("running the image without an engine needs root and namespaces");
            }
        } catch (IOException e) {
            BuiltImages.missing("running the image without an engine needs unshare");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    boolean isAlive() {
        return isolated.isAlive();
    }

    /** Everything printed so far. */
    String log() {
        return text(log);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process that the image runs, under the number that this machine has for it. */
    ProcessHandle inside() {
        return isolated.children().findFirst().orElseThrow(() -> new AssertionError("it has ended:\n" + log()));
    }

    /** What the kernel says of it. */
    String proc(String name) {
        return text(Path.of("/proc", Long.toString(inside().pid()), name));
    }

    /** Waits for the end and returns the exit code. */
    int awaitExit(Duration patience) {
        return awaitExit(isolated, log, patience);
    }

    int awaitExit() {
        return awaitExit(PATIENCE);
    }

    private static int awaitExit(Process process, Path log, Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + patience + "; it printed:\n" + text(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        // Not left to unshare: the kernel forgets that a child is to die with its parent when the child changes its
        // user.
        isolated.children().forEach(ProcessHandle::destroyForcibly);
        isolated.destroyForcibly();
        awaitExit();
    }
}
