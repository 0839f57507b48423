package io.foundling.topology.topics;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** The rights that brokers must grant, and no more: the service runs with exactly these. */
public final class AccessRules {

    private AccessRules() {}

    /**
     * Returns the rules of the service.
     *
     * @param application application.id: names the group, transactional ids and internal topics
     * @param topics all topics of the deployment
     */
    public static List<AccessRule> ofService(String application, TopicContracts topics) {
        List<AccessRule> rules = new ArrayList<>();
        for (TopicContract topic : topics.all()) {
            String name = topic.name();
            if (topic.isRead()) {
                rules.add(topic(name, READ, "the service reads it"));
            }
            if (topic.isWritten() && !topic.isRead()) {
                rules.add(topic(name, READ, "at its start the service checks which application wrote it last"));
            }
            if (topic.isWritten()) {
                rules.add(topic(name, WRITE, "the service writes it"));
            }
            if (!topic.isRead() && !topic.isWritten()) {
                rules.add(topic(name, DESCRIBE, "the start compares it with what is needed"));
            }
            rules.add(topic(name, DESCRIBE_CONFIGS, "the start compares it with what is needed"));
        }
        String internal = application + '-';
        rules.add(internal(internal, CREATE, "Kafka Streams creates its internal topics"));
        rules.add(internal(internal, READ, "state is restored from there"));
        rules.add(internal(internal, WRITE, "state is kept there"));
        rules.add(internal(internal, DELETE, "repartitioned records are deleted once they are read"));
        rules.add(new AccessRule(
                ResourceType.GROUP, application, PatternType.LITERAL, READ, "instances share the work in this group"));
        rules.add(new AccessRule(
                ResourceType.TRANSACTIONAL_ID,
                internal,
                PatternType.PREFIXED,
                WRITE,
                "everything is written exactly once"));
        return List.copyOf(rules);
    }

    /**
     * Returns the rules of {@code notify}.
     *
     * @param groups how the names of its groups and transactions begin
     */
    public static List<AccessRule> ofNotify(String alerts, String deliveries, String groups) {
        return List.of(
                topic(alerts, READ, "alerts are read there"),
                topic(deliveries, READ, "at its start it reads what receivers have got"),
                topic(deliveries, WRITE, "it writes what receivers have got"),
                new AccessRule(
                        ResourceType.GROUP,
                        groups,
                        PatternType.PREFIXED,
                        READ,
                        "processes share the receivers in groups"),
                new AccessRule(
                        ResourceType.TRANSACTIONAL_ID,
                        groups,
                        PatternType.PREFIXED,
                        WRITE,
                        "one process at a time may write what a receiver has got"));
    }

    /**
     * Returns the rules of {@code console}.
     *
     * @param topics that it reads
     * @param acted source topics in which it records operators' acts and reported events; none if it takes none
     * @param group of the processes that share their partitions
     */
    public static List<AccessRule> ofConsole(List<String> topics, List<String> acted, String group) {
        List<AccessRule> rules = new ArrayList<>();
        for (String topic : topics) {
            rules.add(topic(topic, READ, "it is read into the database"));
            rules.add(topic(topic, DESCRIBE_CONFIGS, "how long tombstones are kept says when it must be read anew"));
        }
        rules.add(new AccessRule(
                ResourceType.GROUP, group, PatternType.LITERAL, READ, "processes share the partitions in this group"));
        acted.forEach(topic -> rules.add(topic(
                topic,
                WRITE,
                "operators' acts and reported events are recorded there, if console.acts or intake.enabled")));
        return List.copyOf(rules);
    }

    /**
     * Returns the rules of {@code bridge}.
     *
     * @param inputs topics that it reads
     * @param outputs source topics that it writes
     * @param groups how the names of its groups and transactions begin
     */
    public static List<AccessRule> ofBridge(
            Collection<String> inputs, Collection<String> outputs, String deadLetters, String groups) {
        List<AccessRule> rules = new ArrayList<>();
        inputs.forEach(topic -> rules.add(topic(topic, READ, "its records are turned into events")));
        for (String topic : outputs) {
            rules.add(topic(topic, WRITE, "events are written there"));
            rules.add(topic(topic, DESCRIBE_CONFIGS, "the start asks how large an event may be"));
        }
        rules.add(topic(deadLetters, WRITE, "records of which no events can be made are kept there"));
        rules.add(new AccessRule(
                ResourceType.GROUP,
                groups,
                PatternType.PREFIXED,
                READ,
                "processes share the partitions of a bridge in its group"));
        rules.add(new AccessRule(
                ResourceType.TRANSACTIONAL_ID,
                groups,
                PatternType.PREFIXED,
                WRITE,
                "everything is written exactly once"));
        return List.copyOf(rules);
    }

    /** Returns the rules of a service that reports events. */
    public static List<AccessRule> ofRecorder(String topic) {
        return List.of(topic(topic, WRITE, "events are reported there"));
    }

    private static AccessRule topic(String name, AclOperation operation, String why) {
        return new AccessRule(ResourceType.TOPIC, name, PatternType.LITERAL, operation, why);
    }

    private static AccessRule internal(String prefix, AclOperation operation, String why) {
        return new AccessRule(ResourceType.TOPIC, prefix, PatternType.PREFIXED, operation, why);
    }
}
