package io.foundling.client;

import io.foundling.audit.AuditEvent;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/** Makes a producer once it may, and notices no interrupt until then, as the lookup of an address does. */
final class SlowFactory implements Supplier<Producer<String, AuditEvent>> {

    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final FakeProducer producer = FakeProducer.acknowledging();

    @Override
    public Producer<String, AuditEvent> get() {
        called.countDown();
        while (true) {
            try {
                answered.await();
                return producer;
            } catch (InterruptedException goesOn) {
                // Nothing in a lookup notices it.
            }
        }
    }

    void awaitCall() throws InterruptedException {
        called.await();
    }

    FakeProducer producer() {
        return producer;
    }

    void answer() {
        answered.countDown();
    }
}
