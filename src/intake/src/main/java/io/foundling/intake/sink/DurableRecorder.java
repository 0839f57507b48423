package io.foundling.intake.sink;

import io.foundling.audit.AuditEvent;
import io.foundling.client.KafkaAuditRecorder;
import java.util.concurrent.CompletionStage;

/** A recorder that says when an event is durable. Any thread. */
public interface DurableRecorder extends AutoCloseable {

    /**
     * Records an event, and returns at once if there is room for it.
     *
     * @return completes when the event is durable, at whatever time; fails with the reason why it is not
     * @throws IllegalArgumentException if it breaks a rule of the contract
     */
    CompletionStage<Void> record(AuditEvent event);

    @Override
    void close();

    /** Makes one of a recorder, which is closed with it. */
    static DurableRecorder of(KafkaAuditRecorder recorder) {
        return new DurableRecorder() {
            @Override
            public CompletionStage<Void> record(AuditEvent event) {
                return recorder.recordDurably(event);
            }

            @Override
            public void close() {
                recorder.close();
            }
        };
    }
}
