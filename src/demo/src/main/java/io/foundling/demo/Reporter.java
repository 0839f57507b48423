package io.foundling.demo;

import com.github.f4b6a3.uuid.UuidCreator;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.client.AuditRecorder;
import io.foundling.client.EventDraft;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.local.LocalStack;
import io.foundling.service.metrics.BuildVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Reports what happens in the pipeline, by the recorder that any service would use. */
final class Reporter implements AutoCloseable {

    private static final String SERVICE = "payment-run";
    private static final String INSTANCE = "demo";
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final AuditRecorder recorder;
    private final Expectation expectation;

    Reporter(LocalStack stack, Expectation expectation) {
        this.expectation = expectation;
        recorder = KafkaAuditRecorder.builder()
                .bootstrapServers(stack.bootstrapServers())
                .schemaRegistryUrl(stack.registryUrl())
                .service(SERVICE)
                .instance(INSTANCE)
                .version(BuildVersion.text())
                .build();
    }

    /** Opens a draft, which is used once. */
    EventDraft on(Subject subject) {
        expectation.event();
        return recorder.on(subject);
    }

    /** Reports one completion twice, under one event id. */
    void completedTwice(Subject subject, Subject parent) {
        AuditEvent event = AuditEvent.newBuilder()
                .setEventId(UuidCreator.getTimeOrderedEpoch())
                .setSubject(subject)
                .setParent(parent)
                .setOccurredAt(Instant.now())
                .setProducer(new Producer(SERVICE, INSTANCE, BuildVersion.text(), 0L))
                .setBody(new Completed(null, null, Map.of()))
                .build();
        for (int time = 1; time <= 2; time++) {
            expectation.event();
            recorder.record(event);
        }
    }

    @Override
    public void close() {
        recorder.close(CLOSE_WITHIN);
    }
}
