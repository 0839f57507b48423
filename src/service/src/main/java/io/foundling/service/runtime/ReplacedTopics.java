package io.foundling.service.runtime;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Explains why a source topic cannot be read on from the position of this group. Offsets below the position may hold
 * events that were never read, so the audit clock could prove nothing.
 */
final class ReplacedTopics {

    private final String group;

    ReplacedTopics(String group) {
        this.group = group;
    }

    /** The topic has another id than the one that was read. */
    UnusableTopicsException madeAnew(String topic) {
        return unusable("topic " + topic + " was deleted and created anew: it is not the topic that group " + group
                + " has read so far: what the old one had unread is lost, and a position in it means nothing in the new one; "
                + advice(topic));
    }

    /** The partition ends before what was read of it. */
    UnusableTopicsException shortened(TopicPartition partition, long end, long position) {
        return unusable("topic " + partition.topic() + " ends at offset " + end + " in partition "
                + partition.partition() + ", expected at least " + position + ", up to where group " + group
                + " has read it: it was created anew, or its broker lost records; " + advice(partition.topic()));
    }

    private String advice(String topic) {
        return "stop all instances, let the group, once their sessions have timed out, read it from its beginning with 'kafka-consumer-groups.sh --group "
                + group + " --topic " + topic + " --reset-offsets --to-earliest --execute', and start them again";
    }

    private static UnusableTopicsException unusable(String sentence) {
        return new UnusableTopicsException(List.of(sentence));
    }
}
