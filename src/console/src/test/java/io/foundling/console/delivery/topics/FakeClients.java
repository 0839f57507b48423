package io.foundling.console.delivery.topics;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Clients of a test's own, without a broker. */
final class FakeClients implements ReceiverClients {

    static final long SESSION_MS = 15_000;

    LongSupplier session = () -> SESSION_MS;
    Supplier<Consumer<byte[], byte[]>> members = FakeClients::none;
    Supplier<Producer<byte[], byte[]>> producers = FakeClients::none;
    Supplier<Consumer<byte[], byte[]>> committed = FakeClients::none;
    Supplier<Consumer<byte[], byte[]>> uncommitted = FakeClients::none;

    private static <T> T none() {
        throw new IllegalStateException("no such client in this test");
    }

    @Override
    public Consumer<byte[], byte[]> member() {
        return members.get();
    }

    @Override
    public long sessionMs() {
        return session.getAsLong();
    }

    @Override
    public Producer<byte[], byte[]> producer() {
        return producers.get();
    }

    @Override
    public Consumer<byte[], byte[]> committed() {
        return committed.get();
    }

    @Override
    public Consumer<byte[], byte[]> uncommitted() {
        return uncommitted.get();
    }
}
