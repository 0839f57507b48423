package io.foundling.console.delivery.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * Which of several processes serves a receiver: the one that its group gives the first partition of the alerts to. It
 * reads nothing there. A process that ends leaves the group at once; one that is killed is missed after its session
 * timeout, or takes its place again under the same name of instance. One thread; the lease may be asked from any.
 */
final class Ownership implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(3);

    private final Consumer<byte[], byte[]> consumer;
    private final Lease lease;
    private boolean isOwner;
    private boolean hasJoined;

    /** @param consumer a member of the group */
    Ownership(Consumer<byte[], byte[]> consumer, String alerts, Lease lease) {
        this.consumer = consumer;
        this.lease = lease;
        TopicPartition first = new TopicPartition(alerts, 0);
        consumer.subscribe(List.of(alerts), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                hasJoined = true;
                isOwner |= partitions.contains(first);
                consumer.pause(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                isOwner &= !partitions.contains(first);
            }
        });
    }

    /**
     * Takes part in the group and returns whether this process serves the receiver.
     *
     * @throws IllegalStateException if it served it, but could not ask for so long that another one may do so by now
     */
    boolean poll() {
        boolean wasOwner = isOwner;
        consumer.poll(isOwner ? Duration.ZERO : POLL);
        if (wasOwner && !lease.isValid()) {
            throw new IllegalStateException("this process did not run for longer than session.timeout.ms");
        }
        lease.renew();
        return isOwner;
    }

    Lease lease() {
        return lease;
    }

    /** Whether the group knows this process. */
    boolean hasJoined() {
        return hasJoined;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSES_WITHIN)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
