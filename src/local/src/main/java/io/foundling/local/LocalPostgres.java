package io.foundling.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server of PostgreSQL, from Debian's package postgresql, in a child process on a free port of 127.0.0.1. It comes back
 * on the same port after {@link #stop()} or {@link #crash()}, by {@link #start()}, with what was committed.
 */
public final class LocalPostgres implements AutoCloseable {

    /** Of the package that it is in. */
    public static final String NAME = "postgresql";

    /** The server refuses to run as root. */
    private static final String USER = "postgres";

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int STOP_SECONDS = 20;
    private static final int POLL_MS = 50;

    private final Path programs;
    private final Path directory;
    private final int port;
    private final Map<String, String> settings;
    private final Thread hook = new Thread(this::discard, "local-postgres-stop");
    private Process process;

    private LocalPostgres(Path programs, Path directory, int port, Map<String, String> settings) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
        this.settings = Map.copyOf(settings);
    }

    /** Whether the programs are where Debian has them. */
    public static boolean isInstalled() {
        return programs().isPresent();
    }

    private static Optional<Path> programs() {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(
                            version -> Files.isExecutable(version.resolve("bin").resolve(USER)))
                    .max(Comparator.comparingDouble(LocalPostgres::number))
                    .map(version -> version.resolve("bin"));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    /** Returns the number of a version, which is the name of its directory, such as 9.6 or 17. */
    private static double number(Path version) {
        return Double.parseDouble(version.getFileName().toString());
    }

    /**
     * Starts one in a directory of its own, which is deleted when it is closed.
     *
     * @throws LocalStartException if it is not installed, or not ready within three minutes
     */
    public static LocalPostgres startTemporary() {
        return startTemporary(Map.of());
    }

    /**
     * Starts one in a directory of its own, which is deleted when it is closed.
     *
     * @param settings of the server, by the names of postgresql.conf
     * @throws LocalStartException if it is not installed, or not ready within three minutes
     */
    public static LocalPostgres startTemporary(Map<String, String> settings) {
        Path programs = programs()
                .orElseThrow(() -> new LocalStartException(
                        "no version of PostgreSQL is in " + VERSIONS + ", is the package " + NAME + " installed?"));
        try {
            Path directory = Files.createTempDirectory("foundling-postgres-");
            if (isRoot()) {
                Files.setOwner(
                        directory,
                        directory
                                .getFileSystem()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByName(USER));
            }
            return FreePorts.withFreePort(port -> {
                LocalPostgres started = new LocalPostgres(programs, directory, port, settings);
                started.initialize();
                started.start();
                return started;
            });
        } catch (IOException e) {
            throw new LocalStartException("PostgreSQL cannot have a directory: " + e, e);
        }
    }

    /** Creates a database, and returns its URL for JDBC; its user has no password. */
    public String create(String database) {
        run("createdb", "-h", FreePorts.HOST, "-p", Integer.toString(port), "-U", USER, database);
        return "jdbc:postgresql://" + FreePorts.HOST + ":" + port + "/" + database + "?user=" + USER;
    }

    /** Starts it again after it was stopped. */
    public void start() {
        List<String> options = new ArrayList<>(List.of(
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=" + FreePorts.HOST,
                // Only the server crashes here, never the machine.
                "-c",
                "fsync=off",
                "-c",
                "unix_socket_directories="));
        settings.forEach((name, value) -> options.addAll(List.of("-c", name + "=" + value)));
        process = launch(command(USER, options.toArray(String[]::new)));
        ShutdownHooks.add(hook);
        long begin = System.nanoTime();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() - begin > START_LIMIT.toNanos()) {
                stop();
                throw new LocalStartException("PostgreSQL is not ready; see its log " + log());
            }
            pause();
        }
    }

    /** Ends it as an administrator does. */
    public void stop() {
        ShutdownHooks.remove(hook);
        signal("INT");
    }

    /** Ends it as a crash does: what clients do is cut off, and the next start recovers. */
    public void crash() {
        ShutdownHooks.remove(hook);
        signal("QUIT");
    }

    /** Ends it, and deletes its directory. */
    @Override
    public void close() {
        ShutdownHooks.remove(hook);
        discard();
    }

    private void discard() {
        signal("QUIT");
        DirectoryTree.delete(directory);
    }

    private void initialize() {
        if (!Files.exists(data())) {
            run("initdb", "-D", data().toString(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync");
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path log() {
        return directory.resolve("postgresql.log");
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(String program, String... arguments) {
        Process running = launch(command(program, arguments));
        try {
            if (!running.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS) || running.exitValue() != 0) {
                running.destroyForcibly();
                throw new LocalStartException(program + " failed; see the log " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStartException("Interrupted while " + program + " was running.", e);
        }
    }

    private Process launch(List<String> command) {
        File log = log().toFile();
        try {
            return new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        } catch (IOException e) {
            throw new LocalStartException("PostgreSQL cannot be started: " + e.getMessage(), e);
        }
    }

    private boolean isReady() {
        try {
            Process question = launch(command("pg_isready", "-q", "-h", FreePorts.HOST, "-p", Integer.toString(port)));
            boolean isAnswered = question.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
            // Another program may have taken the port.
            return isAnswered && question.exitValue() == 0 && process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStartException("Interrupted while PostgreSQL was starting.", e);
        }
    }

    private void signal(String name) {
        try {
            if (process.isAlive()) {
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
            }
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStartException("Interrupted while PostgreSQL was starting.", e);
        }
    }
}
