package io.foundling.service.asking;

import io.foundling.schemas.registry.BoundedBody;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Receives an export of any length in constant memory, as fast as its lines are taken. It may take as long as it likes, but
 * not stand still: a limit bounds the time without a byte. A reader that takes its time, such as a pager, is no standstill.
 */
final class ExportExchange implements BodySubscriber<byte[]> {

    private static final int OK = 200;
    private static final byte[] NOTHING = new byte[0];

    private final CsvLines lines;
    private final Progress progress;
    private final CompletableFuture<byte[]> end = new CompletableFuture<>();
    private Subscription subscription;

    private ExportExchange(CsvLines lines, Progress progress) {
        this.lines = lines;
        this.progress = progress;
    }

    /** How far it is, for the thread that waits. */
    private static final class Progress {
        private final AtomicLong received = new AtomicLong();
        private final AtomicReference<RuntimeException> readerFailure = new AtomicReference<>();
        private volatile boolean hasBegun;
        private volatile boolean isReaderBusy;
    }

    /** An answer that has begun, and cannot be read to its end. */
    private static final class IncompleteException extends IOException {

        private static final long serialVersionUID = 1;

        private IncompleteException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Sends a request and hands over the lines of its answer. The body of another answer than the one that is asked for
     * is returned. What the reader of the lines throws, such as that the disk is full, is no failure of the exchange, and
     * is thrown as it is.
     *
     * @throws HttpTimeoutException if nothing comes for that long
     */
    static HttpResponse<byte[]> send(
            HttpClient http,
            HttpRequest request,
            CsvLines lines,
            Function<HttpHeaders, String> mediaType,
            Duration within)
            throws IOException, InterruptedException {
        Progress progress = new Progress();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                request,
                head -> head.statusCode() == OK
                                && mediaType.apply(head.headers()).equals(CsvLines.TYPE)
                        ? new ExportExchange(lines, progress)
                        : new BoundedBody());
        try {
            return awaited(answer, progress, within);
        } catch (ExecutionException failed) {
            RuntimeException ofReader = progress.readerFailure.get();
            if (ofReader != null) {
                throw ofReader;
            }
            IOException known =
                    failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
            // The client may report the end of the connection before it calls onError.
            throw progress.hasBegun && !(known instanceof IncompleteException)
                    ? new IncompleteException("the answer is not complete", known)
                    : known;
        } finally {
            answer.cancel(true);
        }
    }

    private static HttpResponse<byte[]> awaited(
            CompletableFuture<HttpResponse<byte[]>> answer, Progress progress, Duration within)
            throws ExecutionException, InterruptedException, HttpTimeoutException {
        long before;
        do {
            before = progress.received.get();
            try {
                return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException perhapsStalled) {
                // Looks whether something came meanwhile.
            }
        } while (progress.isReaderBusy || progress.received.get() > before);
        throw new HttpTimeoutException("no further byte within " + within.toMillis() + " ms");
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Subscription given) {
        progress.hasBegun = true;
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        progress.isReaderBusy = true;
        try {
            for (ByteBuffer buffer : buffers) {
                progress.received.addAndGet(buffer.remaining());
                if (!lines.add(buffer)) {
                    subscription.cancel();
                    end.complete(NOTHING);
                    return;
                }
            }
            subscription.request(1);
        } catch (IOException unreadable) {
            subscription.cancel();
            end.completeExceptionally(new IncompleteException(unreadable.getMessage(), unreadable));
        } catch (RuntimeException ofReader) {
            subscription.cancel();
            progress.readerFailure.set(ofReader);
            end.completeExceptionally(new IOException(ofReader));
        } finally {
            progress.isReaderBusy = false;
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(new IncompleteException("the answer is not complete", failure));
    }

    @Override
    public void onComplete() {
        if (lines.isBroken()) {
            end.completeExceptionally(new IncompleteException("the answer ends within a line", null));
        } else {
            end.complete(NOTHING);
        }
    }
}
