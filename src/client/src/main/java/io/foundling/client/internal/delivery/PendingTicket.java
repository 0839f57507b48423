package io.foundling.client.internal.delivery;

import io.foundling.client.Ticket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A ticket that callers can wait for but not complete, like {@link CompletableFuture#minimalCompletionStage()}. It is
 * one object instead of three, because a spool may have a million unfinished tickets.
 */
class PendingTicket extends CompletableFuture<Ticket> {

    /** Returns a copy, which the caller may complete or cancel. */
    @Override
    public final CompletableFuture<Ticket> toCompletableFuture() {
        return copy();
    }

    @Override
    public final <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    @Override
    public final boolean complete(Ticket value) {
        throw new UnsupportedOperationException("only the recorder completes a ticket");
    }

    @Override
    public final boolean completeExceptionally(Throwable failure) {
        return complete(null);
    }

    @Override
    public final boolean cancel(boolean mayInterrupt) {
        return complete(null);
    }

    @Override
    public final void obtrudeValue(Ticket value) {
        complete(null);
    }

    @Override
    public final void obtrudeException(Throwable failure) {
        complete(null);
    }

    @Override
    public final CompletableFuture<Ticket> completeAsync(Supplier<? extends Ticket> supplier, Executor executor) {
        throw new UnsupportedOperationException("only the recorder completes a ticket");
    }

    @Override
    public final CompletableFuture<Ticket> completeAsync(Supplier<? extends Ticket> supplier) {
        return completeAsync(supplier, null);
    }

    @Override
    public final CompletableFuture<Ticket> orTimeout(long timeout, TimeUnit unit) {
        return copy().orTimeout(timeout, unit);
    }

    @Override
    public final CompletableFuture<Ticket> completeOnTimeout(Ticket value, long timeout, TimeUnit unit) {
        return copy().completeOnTimeout(value, timeout, unit);
    }

    final void succeed(Ticket ticket) {
        super.complete(ticket);
    }

    final void fail(Throwable reason) {
        super.completeExceptionally(reason);
    }
}
