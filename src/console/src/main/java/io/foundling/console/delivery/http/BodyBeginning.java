package io.foundling.console.delivery.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Keeps the beginning of a body, and drops the rest. A body that breaks off ends there. */
final class BodyBeginning implements BodySubscriber<byte[]> {

    /** More than people are shown. */
    static final int KEPT_BYTES = 4 << 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] copy = new byte[Math.min(buffer.remaining(), KEPT_BYTES - bytes.size())];
            buffer.get(copy);
            bytes.writeBytes(copy);
        }
        if (bytes.size() == KEPT_BYTES) {
            subscription.cancel();
            onComplete();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onError(Throwable brokeOff) {
        onComplete();
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
