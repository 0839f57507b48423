package io.foundling.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** An event on its way. It ends once, written or lost, however many say so. */
final class Sending {

    private final CompletableFuture<Ticket> ticket = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Returns what the caller waits for and cannot complete. */
    CompletionStage<Ticket> ticket() {
        return ticket.minimalCompletionStage();
    }

    /** Returns what completes, without a value, once everybody who waits for the ticket has been told. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Whether the caller is the first to say how it ended; it must then say so. */
    boolean end() {
        return ended.compareAndSet(false, true);
    }

    void written(Ticket written) {
        ticket.complete(written);
        over.complete(null);
    }

    void lost(Exception failure) {
        ticket.completeExceptionally(failure);
        over.complete(null);
    }
}
