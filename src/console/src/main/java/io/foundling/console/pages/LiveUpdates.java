package io.foundling.console.pages;

import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.web.Answer;
import io.foundling.console.web.Operation;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events that say that the read model has moved on, or acts or trials of an operator have, so that pages ask anew. Each connection
 * holds a thread of the server, so their number is limited: one more is refused, and its page asks on its own from time to time. A
 * connection ends after a while, and browsers open it anew; that is how one whose browser is gone ends, too.
 */
final class LiveUpdates {

    private static final String EVENT_STREAM = "text/event-stream";
    private static final Caller PROCESS = new Caller("console", Set.of(Role.READER), Optional.empty());

    private final ApiCalls api;
    private final InstantSource clock;
    private final Semaphore places;
    private final Duration every;
    private final Duration lifetime;

    /**
     * Makes it.
     *
     * @param connections at once
     * @param every time between two looks at the read model
     * @param lifetime of a connection
     */
    LiveUpdates(ApiCalls api, InstantSource clock, int connections, Duration every, Duration lifetime) {
        this.api = api;
        this.clock = clock;
        places = new Semaphore(connections);
        this.every = every;
        this.lifetime = lifetime;
    }

    Operation operation(PageOperations pages) {
        return pages.other(
                "live",
                "/live",
                "Says that the read model has moved on",
                List.of(),
                new Answer("Events named moved", Map.of(EVENT_STREAM, Html.ANY)),
                call -> reply(call.visitor()));
    }

    /** What has no state now, as while the database is away, is a problem instead of a connection that ends at once. */
    private Reply reply(Visitor visitor) {
        String state = state(visitor);
        if (!places.tryAcquire()) {
            throw ProblemException.of(503, "Too many pages are live at present").header("Retry-After", "15");
        }
        return Reply.stream(EVENT_STREAM, new Connection(visitor, state));
    }

    /** Has one of the places, from the moment it is made. */
    private final class Connection implements Reply.Stream {

        private final Visitor visitor;
        private final String begin;

        Connection(Visitor visitor, String begin) {
            this.visitor = visitor;
            this.begin = begin;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try {
                send("retry: 2000\n\n", out);
                follow(visitor, begin, out);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            } finally {
                places.release();
            }
        }

        @Override
        public void skipped() {
            places.release();
        }
    }

    private void follow(Visitor visitor, String begin, OutputStream out) throws IOException, InterruptedException {
        long end = System.nanoTime() + lifetime.toNanos();
        String seen = begin;
        while (System.nanoTime() - end < 0) {
            Thread.sleep(every.toMillis());
            String state = state(visitor);
            send(state.equals(seen) ? ": still here\n\n" : "event: moved\ndata:\n\n", out);
            seen = state;
        }
    }

    /** The acts and the trials of an operator move on, too. */
    private String state(Visitor visitor) {
        return rows("topics", PROCESS)
                + (visitor.mayAct() ? rows("bulkActs", visitor.caller()) : "")
                + (visitor.mayTry() ? rows("policyTests", visitor.caller()) : "");
    }

    private String rows(String operation, Caller caller) {
        return api.json(operation, caller, clock.instant(), Map.of(), Map.of())
                .path("rows")
                .toString();
    }

    private static void send(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
