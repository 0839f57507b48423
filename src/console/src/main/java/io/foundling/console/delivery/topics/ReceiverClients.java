package io.foundling.console.delivery.topics;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Opens the Kafka clients that serve one receiver. Each belongs to the one who asked for it, who closes it. */
interface ReceiverClients {

    /** Opens a member of the group of the processes that serve the receiver. */
    Consumer<byte[], byte[]> member();

    /** Returns for how long the group waits for a member that does not ask, in ms. */
    long sessionMs();

    /** Opens a producer with the transactional id of the receiver. */
    Producer<byte[], byte[]> producer();

    /** Opens a consumer in no group that reads what is committed. */
    Consumer<byte[], byte[]> committed();

    /** Opens a consumer in no group that knows the ends of partitions behind transactions that are open. */
    Consumer<byte[], byte[]> uncommitted();
}
