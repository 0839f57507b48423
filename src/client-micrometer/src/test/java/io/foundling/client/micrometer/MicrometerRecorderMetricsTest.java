package io.foundling.client.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.client.LossReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MicrometerRecorderMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void shouldShowEveryCounterAsZeroFromTheBeginning() {
        // When
        new MicrometerRecorderMetrics(registry);

        // Then
        assertThat(registry.find("foundling.recorder.lost").counters())
                .extracting(counter -> counter.getId().getTag("reason"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(LossReason.values())
                        .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(registry.getMeters())
                .hasSize(3 + LossReason.values().length)
                .allSatisfy(meter -> assertThat(((Counter) meter).count()).isZero());
    }

    @Test
    void shouldCountWhatTheRecorderTells() {
        // Given
        MicrometerRecorderMetrics metrics = new MicrometerRecorderMetrics(registry);

        // When
        times(4, metrics::recorded);
        times(3, metrics::written);
        times(2, metrics::retried);
        metrics.lost(LossReason.QUEUE_FULL, 5);
        metrics.lost(LossReason.QUEUE_FULL, 1);
        metrics.lost(LossReason.CLOSED, 7);

        // Then
        assertThat(registry.get("foundling.recorder.recorded").counter().count())
                .isEqualTo(4);
        assertThat(registry.get("foundling.recorder.written").counter().count()).isEqualTo(3);
        assertThat(registry.get("foundling.recorder.retried").counter().count()).isEqualTo(2);
        assertThat(lost("queue_full")).isEqualTo(6);
        assertThat(lost("closed")).isEqualTo(7);
        assertThat(lost("refused")).isZero();
    }

    @Test
    void shouldShowWhatTheRecorderHoldsOnceItStarted() {
        // Given
        MicrometerRecorderMetrics metrics = new MicrometerRecorderMetrics(registry);
        assertThat(registry.find("foundling.recorder.queue.events").gauge()).isNull();

        // When
        metrics.started(new HeldEvents(1, 2, 3));

        // Then
        assertThat(gauge("foundling.recorder.queue.events")).isEqualTo(1);
        assertThat(gauge("foundling.recorder.queue.bytes")).isEqualTo(2);
        assertThat(gauge("foundling.recorder.spool.bytes")).isEqualTo(3);
    }

    @Test
    void shouldDescribeEveryMeterAsDeclared() {
        // When
        new MicrometerRecorderMetrics(registry, List.of(Tag.of("service", "declarations")))
                .started(new HeldEvents(1, 2, 3));

        // Then
        for (RecorderMeter declared : RecorderMeter.values()) {
            assertThat(registry.get(declared.id()).meters())
                    .extracting(Meter::getId)
                    .allSatisfy(id -> {
                        assertThat(id.getType()).isEqualTo(declared.type());
                        assertThat(id.getDescription()).isEqualTo(declared.meaning());
                        assertThat(id.getBaseUnit()).isEqualTo(declared.unit().isEmpty() ? null : declared.unit());
                        assertThat(id.getTags())
                                .extracting(Tag::getKey)
                                .containsExactlyElementsOf(
                                        declared.tag().isEmpty()
                                                ? List.of("service")
                                                : List.of(declared.tag(), "service"));
                    });
        }
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsOnly(Arrays.stream(RecorderMeter.values())
                        .map(RecorderMeter::id)
                        .toArray(String[]::new));
    }

    @Test
    void shouldKeepRecordersApartWhenTheirTagsDiffer() {
        // When
        MicrometerRecorderMetrics one = new MicrometerRecorderMetrics(registry, Tags.of("recorder", "one"));
        MicrometerRecorderMetrics two = new MicrometerRecorderMetrics(registry, Tags.of("recorder", "two"));
        one.started(new HeldEvents(1, 0, 0));
        two.started(new HeldEvents(2, 0, 0));
        two.recorded();

        // Then
        assertThat(registry.get("foundling.recorder.queue.events")
                        .tag("recorder", "one")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("foundling.recorder.queue.events")
                        .tag("recorder", "two")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(registry.get("foundling.recorder.recorded")
                        .tag("recorder", "one")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void shouldShowTheNewRecorderAndGoOnCountingWhenTheFirstWasReplaced() {
        // Given
        MicrometerRecorderMetrics first = new MicrometerRecorderMetrics(registry);
        first.started(new HeldEvents(1, 1, 1));
        first.recorded();

        // When
        MicrometerRecorderMetrics second = new MicrometerRecorderMetrics(registry);
        second.started(new HeldEvents(2, 2, 2));
        second.recorded();
        first.stopped();

        // Then
        assertThat(gauge("foundling.recorder.queue.events")).isEqualTo(2);
        assertThat(gauge("foundling.recorder.spool.bytes")).isEqualTo(2);
        assertThat(registry.get("foundling.recorder.recorded").counter().count())
                .isEqualTo(2);
    }

    @Test
    void shouldReplaceTheGaugeWhenTheRegistryAddsTags() {
        // Given
        registry.config().commonTags("region", "eu");
        new MicrometerRecorderMetrics(registry).started(new HeldEvents(1, 1, 1));

        // When
        new MicrometerRecorderMetrics(registry).started(new HeldEvents(2, 2, 2));

        // Then
        assertThat(gauge("foundling.recorder.queue.events")).isEqualTo(2);
    }

    @Test
    void shouldNotLoseTheRecorderWhenNobodyElseHoldsIt() {
        // Given
        WeakReference<Object> probe = new WeakReference<>(new Object());
        new MicrometerRecorderMetrics(registry).started(new HeldEvents(1, 2, 3));

        // When
        collect(probe);

        // Then
        assertThat(gauge("foundling.recorder.queue.events")).isEqualTo(1);
        assertThat(gauge("foundling.recorder.spool.bytes")).isEqualTo(3);
    }

    @Test
    void shouldLetGoOfTheRecorderAndShowZeroWhenItIsClosed() {
        // Given
        HeldEvents[] recorder = {new HeldEvents(1, 2, 3)};
        WeakReference<Object> probe = new WeakReference<>(recorder[0]);
        MicrometerRecorderMetrics metrics = new MicrometerRecorderMetrics(registry);
        metrics.started(recorder[0]);
        metrics.written();
        recorder[0] = null;

        // When
        metrics.stopped();
        collect(probe);

        // Then
        assertThat(gauge("foundling.recorder.queue.events")).isZero();
        assertThat(gauge("foundling.recorder.queue.bytes")).isZero();
        assertThat(gauge("foundling.recorder.spool.bytes")).isZero();
        assertThat(registry.get("foundling.recorder.written").counter().count()).isEqualTo(1);
    }

    private double lost(String reason) {
        return registry.get("foundling.recorder.lost")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private static void times(int count, Runnable call) {
        IntStream.range(0, count).forEach(any -> call.run());
    }

    /** Collects garbage until the probe is gone. */
    private static void collect(WeakReference<Object> probe) {
        for (int round = 0; round < 100 && probe.get() != null; round++) {
            System.gc();
        }
        assertThat(probe.get()).isNull();
    }
}
