package io.foundling.client.springboot;

import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.LossReason;
import io.foundling.client.RecorderGauges;
import io.foundling.client.RecorderMetrics;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes what a recorder counts to several metrics. When one of them throws, the others are called all the same; its
 * first failure is logged, later ones are ignored. Any thread.
 */
final class AllMetrics implements RecorderMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);

    private final List<RecorderMetrics> all;
    private final Set<RecorderMetrics> failed =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    AllMetrics(List<RecorderMetrics> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void started(RecorderGauges gauges) {
        call(each -> each.started(gauges));
    }

    @Override
    public void stopped() {
        call(RecorderMetrics::stopped);
    }

    @Override
    public void recorded() {
        call(RecorderMetrics::recorded);
    }

    @Override
    public void written() {
        call(RecorderMetrics::written);
    }

    @Override
    public void lost(LossReason reason, long events) {
        call(each -> each.lost(reason, events));
    }

    @Override
    public void retried() {
        call(RecorderMetrics::retried);
    }

    private void call(Consumer<RecorderMetrics> what) {
        for (RecorderMetrics each : all) {
            try {
                what.accept(each);
            } catch (Throwable failure) {
                if (failed.add(each)) {
                    LOG.warn(
                            "{} failed as metrics of the audit recorder; its further failures are ignored",
                            each.getClass().getName(),
                            failure);
                }
            }
        }
    }
}
