package io.foundling.client.micrometer;

import io.foundling.client.AuditRecorder;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** The example of the README, so that it compiles; never run. */
final class ReadmeExample {

    private ReadmeExample() {}

    static void measure(MeterRegistry registry) {
        RecorderMetrics metrics = new MicrometerRecorderMetrics(registry, Tags.of("pipeline", "grants"));
        try (AuditRecorder recorder =
                KafkaAuditRecorder.builder().environment().metrics(metrics).build()) {
            run(recorder);
        }
    }

    private static void run(AuditRecorder recorder) {
        recorder.close();
    }
}
