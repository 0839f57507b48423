package io.foundling.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * A broker and a registry under one directory. They start in parallel and are closed together, also on Ctrl-C.
 *
 * <p>A temporary directory is deleted when the stack is closed. A given directory stays, and a later stack continues
 * with its contents; the broker gets its former address if that is free.
 */
public final class LocalStack implements AutoCloseable {

    private static final Executor THREAD_EACH = task -> new Thread(task, "local-stack-start").start();

    private final Path directory;
    private final LocalBroker broker;
    private final LocalRegistry registry;
    private final ClosingOrder closing;

    private LocalStack(Path directory, LocalBroker broker, LocalRegistry registry, ClosingOrder closing) {
        this.directory = directory;
        this.broker = broker;
        this.registry = registry;
        this.closing = closing;
    }

    /** Starts a stack in a directory of its own, which is deleted when the stack is closed. */
    public static LocalStack startTemporary() {
        return startTemporary(Map.of());
    }

    /** Like {@link #startTemporary()}, with broker properties that replace the usual ones. */
    public static LocalStack startTemporary(Map<String, String> brokerProperties) {
        ClosingOrder closing = ClosingOrder.withShutdownHook();
        Path directory = temporaryDirectory();
        closing.add(() -> DirectoryTree.delete(directory));
        return start(directory, brokerProperties, closing);
    }

    /** Starts a stack with the state in the directory, which stays after the close. */
    public static LocalStack startIn(Path directory) {
        return startIn(directory, Map.of());
    }

    /**
     * Like {@link #startIn(Path)}, with broker properties that replace the usual ones.
     *
     * @throws LocalStartException if one of the two does not start; the other is closed
     */
    public static LocalStack startIn(Path directory, Map<String, String> brokerProperties) {
        return start(directory.toAbsolutePath(), brokerProperties, ClosingOrder.withShutdownHook());
    }

    public Path directory() {
        return directory;
    }

    public LocalBroker broker() {
        return broker;
    }

    public LocalRegistry registry() {
        return registry;
    }

    /** Returns the address for Kafka clients: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Returns the base address of Confluent's API: {@code schema.registry.url}. */
    public String registryUrl() {
        return registry.url();
    }

    /**
     * Adds a user of broker and registry that is closed before them, also on Ctrl-C, and returns it; the last one added
     * is closed first.
     */
    public <T extends AutoCloseable> T closeFirst(T user) {
        closing.add(user);
        return user;
    }

    @Override
    public void close() {
        closing.close();
    }

    private static LocalStack start(Path directory, Map<String, String> brokerProperties, ClosingOrder closing) {
        // A process that is still starting must not write into the directory after it was deleted.
        CompletableFuture<Void> startsEnded = new CompletableFuture<>();
        closing.add(startsEnded::join);
        CompletableFuture<LocalRegistry> registry = CompletableFuture.supplyAsync(
                () -> closing.add(LocalRegistry.startIn(directory.resolve("registry"))), THREAD_EACH);
        CompletableFuture<LocalBroker> broker = CompletableFuture.supplyAsync(
                () -> closing.add(LocalBroker.startIn(directory.resolve("broker"), brokerProperties)), THREAD_EACH);
        CompletableFuture<Void> both = CompletableFuture.allOf(registry, broker);
        both.whenComplete((started, failure) -> startsEnded.complete(null));
        try {
            both.join();
            return new LocalStack(directory, broker.join(), registry.join(), closing);
        } catch (CompletionException e) {
            closing.close();
            throw e.getCause() instanceof LocalStartException reason ? reason : e;
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("foundling-local-");
        } catch (IOException e) {
            throw new LocalStartException("No temporary directory can be made: " + e, e);
        }
    }
}
