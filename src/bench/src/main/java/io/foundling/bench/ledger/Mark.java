package io.foundling.bench.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a run is at one instant.
 *
 * @param committed events that the contender's group has committed
 * @param ends of the topics that it writes
 */
record Mark(long nanos, Duration cpu, Duration brokerCpu, long committed, Map<TopicPartition, Long> ends) {

    /** Returns the ends of what the contender says about subjects, without what it says about itself from time to time. */
    Map<TopicPartition, Long> written(Place place) {
        return ends.entrySet().stream()
                .filter(end -> {
                    String topic = end.getKey().topic();
                    return topic.equals(place.output()) || Place.isChangelog(topic);
                })
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns the seconds until a later mark. */
    double secondsTo(Mark later) {
        return (later.nanos - nanos) / 1e9;
    }

    /** Returns the processor seconds of the contender until a later mark. */
    double cpuTo(Mark later) {
        return later.cpu.minus(cpu).toNanos() / 1e9;
    }

    /** Returns the processor seconds of the broker until a later mark. */
    double brokerCpuTo(Mark later) {
        return later.brokerCpu.minus(brokerCpu).toNanos() / 1e9;
    }
}
