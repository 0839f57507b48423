package io.foundling.client.springboot;

import io.foundling.client.LossReason;
import io.foundling.client.RecorderGauges;
import io.foundling.client.RecorderMetrics;
import java.util.List;

/** Passes what a recorder counts to several metrics. Any thread. */
record AllMetrics(List<RecorderMetrics> all) implements RecorderMetrics {

    @Override
    public void started(RecorderGauges gauges) {
        all.forEach(each -> each.started(gauges));
    }

    @Override
    public void stopped() {
        all.forEach(RecorderMetrics::stopped);
    }

    @Override
    public void recorded() {
        for (RecorderMetrics each : all) {
            each.recorded();
        }
    }

    @Override
    public void written() {
        for (RecorderMetrics each : all) {
            each.written();
        }
    }

    @Override
    public void lost(LossReason reason, long events) {
        for (RecorderMetrics each : all) {
            each.lost(reason, events);
        }
    }

    @Override
    public void retried() {
        for (RecorderMetrics each : all) {
            each.retried();
        }
    }
}
