package io.foundling.schemas.registry;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a request and waits for the whole answer, but not for ever and not for any number of bytes. The JDK's own limit
 * on a request ends with the headers of the answer (JDK-8208693); this one covers the body, too.
 */
public final class BoundedExchange {

    private BoundedExchange() {}

    /**
     * Returns the whole answer, at most as large as a {@link BoundedBody}.
     *
     * @throws HttpTimeoutException if it is not complete in time
     */
    public static HttpResponse<byte[]> send(HttpClient http, HttpRequest request, Duration within)
            throws IOException, InterruptedException {
        return send(http, request, head -> new BoundedBody(), within);
    }

    /**
     * Returns the whole answer.
     *
     * @param body bounds what it keeps
     * @throws HttpTimeoutException if it is not complete in time
     */
    public static <T> HttpResponse<T> send(
            HttpClient http, HttpRequest request, HttpResponse.BodyHandler<T> body, Duration within)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
        try {
            return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException known ? known : new IOException(failed.getCause());
        } catch (TimeoutException stalled) {
            throw new HttpTimeoutException("no complete answer within " + within.toMillis() + " ms");
        } finally {
            answer.cancel(true);
        }
    }
}
