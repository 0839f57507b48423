package io.foundling.service.topics;

import io.foundling.schemas.TokenLogin;
import io.foundling.schemas.failure.Causes;
import io.foundling.topology.topics.TopicContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Questions to a Kafka cluster, each answered within a time limit or ended by an exception that explains the failure to
 * the user.
 */
public final class Broker implements AutoCloseable {

    /** Long enough for a slow cluster, short enough for a person who mistyped an address. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Admin admin;
    private final String address;
    private final Duration patience;

    private Broker(Admin admin, String address, Duration patience) {
        this.admin = admin;
        this.address = address;
        this.patience = patience;
    }

    /**
     * Connects to the cluster that {@code bootstrap.servers} names and waits for its answer.
     *
     * @throws BrokerUnavailableException if a name cannot be resolved, nothing answers in time, or access is denied
     * @throws ConfigException if the settings themselves cannot be used
     */
    public static Broker connect(Map<String, ?> kafka, Duration patience) {
        String address = String.valueOf(kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis() / 2));
        Broker broker = new Broker(admin(settings, address), address, patience);
        try {
            broker.answer(broker.admin.describeCluster().nodes());
            return broker;
        } catch (RuntimeException unavailable) {
            broker.close();
            throw unavailable;
        }
    }

    /**
     * Returns why none answers within {@link #PATIENCE}, which may be a file of the settings that cannot be read; empty if
     * one does, if only that it denies access.
     */
    public static Optional<String> absence(Map<String, ?> kafka) {
        try {
            connect(kafka, PATIENCE).close();
            return Optional.empty();
        } catch (BrokerUnavailableException | ConfigException away) {
            boolean isDenied = Causes.find(away, AuthorizationException.class).isPresent()
                    || Causes.find(away, AuthenticationException.class).isPresent();
            return isDenied ? Optional.empty() : Optional.of(away.getMessage());
        }
    }

    /** Returns those of the topics that exist, by name. */
    Map<String, FoundTopic> topics(Collection<String> names) {
        Map<String, TopicDescription> descriptions = new TreeMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, described) ->
                        answerIfKnown(described).ifPresent(description -> descriptions.put(name, description)));
        List<ConfigResource> resources = descriptions.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, FoundTopic> found = new TreeMap<>();
        answer(admin.describeConfigs(resources).all())
                .forEach((resource, config) -> found.put(
                        resource.name(),
                        new FoundTopic(
                                resource.name(),
                                descriptions.get(resource.name()).partitions().size(),
                                settings(config))));
        return found;
    }

    /** Returns how many brokers the cluster has right now. */
    public int size() {
        return answer(admin.describeCluster().nodes()).size();
    }

    /** Returns the time of the controller's clock; empty if the cluster has no quorum of its own. */
    public Optional<Instant> time() {
        return time(answer(admin.describeMetadataQuorum().quorumInfo()));
    }

    /** Returns the time of the controller's clock when it gave this answer; empty if it does not say. */
    public static Optional<Instant> time(QuorumInfo quorum) {
        return quorum.voters().stream()
                .filter(voter -> voter.replicaId() == quorum.leaderId())
                .map(QuorumInfo.ReplicaState::lastCaughtUpTimestamp)
                .flatMap(time -> time.stream().boxed())
                .filter(time -> time > 0)
                .map(Instant::ofEpochMilli)
                .findFirst();
    }

    /** Returns the names of all topics that this client may see. */
    Set<String> names() {
        return answer(admin.listTopics().names());
    }

    /**
     * Returns the operations that this client may use on each existing topic; none on a topic that it may not even see.
     * Topics are left out if the broker does not report operations.
     */
    Map<String, Set<AclOperation>> allowedOnTopics(Collection<String> names) {
        Map<String, Set<AclOperation>> allowed = new TreeMap<>();
        DescribeTopicsOptions options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        admin.describeTopics(TopicCollection.ofTopicNames(names), options)
                .topicNameValues()
                .forEach((name, described) -> {
                    try {
                        answerIfKnown(described)
                                .map(TopicDescription::authorizedOperations)
                                .ifPresent(operations -> allowed.put(name, Set.copyOf(operations)));
                    } catch (BrokerUnavailableException failure) {
                        if (!(failure.getCause() instanceof TopicAuthorizationException)) {
                            throw failure;
                        }
                        allowed.put(name, Set.of());
                    }
                });
        return allowed;
    }

    /**
     * Returns the operations that this client may use on a group; empty if there is no such group or the broker does
     * not report them.
     */
    Optional<Set<AclOperation>> allowedOnGroup(String group) {
        DescribeConsumerGroupsOptions options = new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
        try {
            return Optional.ofNullable(answer(admin.describeConsumerGroups(List.of(group), options)
                                    .describedGroups()
                                    .get(group))
                            .authorizedOperations())
                    .map(Set::copyOf);
        } catch (BrokerUnavailableException failure) {
            if (failure.getCause() instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            if (failure.getCause() instanceof GroupAuthorizationException) {
                return Optional.of(Set.of());
            }
            throw failure;
        }
    }

    /** Returns how many partitions a topic has; empty if there is no such topic. */
    public Optional<Integer> partitions(String topic) {
        return answerIfKnown(
                        admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
                .map(description -> description.partitions().size());
    }

    /** Returns how many bytes a batch of records in a topic may have; empty if there is no such topic. */
    public OptionalInt maxMessageBytes(String topic) {
        FoundTopic found = topics(List.of(topic)).get(topic);
        return found == null || !found.config().containsKey(TopicContract.MAX_MESSAGE_BYTES)
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(found.config().get(TopicContract.MAX_MESSAGE_BYTES)));
    }

    /**
     * Returns the topics from which a group of Kafka Streams has read. Kafka Streams adds metadata to every offset that
     * it commits; the tools that reset a group add none.
     */
    public Set<String> topicsRead(String group) {
        return answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet().stream()
                .filter(committed -> committed.getValue() != null
                        && !committed.getValue().metadata().isEmpty())
                .map(committed -> committed.getKey().topic())
                .collect(Collectors.toSet());
    }

    /** Returns the partitions whose position in a group was set by a tool since Kafka Streams last committed. */
    public Set<TopicPartition> partitionsReset(String group) {
        return answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet().stream()
                .filter(committed -> committed.getValue() != null
                        && committed.getValue().metadata().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Returns the ids of those of the topics that exist, by name. */
    public Map<String, Uuid> topicIds(Collection<String> topics) {
        Map<String, Uuid> ids = new TreeMap<>();
        admin.describeTopics(topics)
                .topicNameValues()
                .forEach((name, described) ->
                        answerIfKnown(described).ifPresent(description -> ids.put(name, description.topicId())));
        return ids;
    }

    /** Returns the next offset of each partition of the topics that exist; empty for one that does not say. */
    Map<TopicPartition, Optional<Long>> ends(Collection<String> topics) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        topics(topics).forEach((name, topic) -> {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                wanted.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
        });
        ListOffsetsResult answers = admin.listOffsets(wanted);
        Map<TopicPartition, Optional<Long>> ends = new HashMap<>();
        for (TopicPartition partition : wanted.keySet()) {
            try {
                ends.put(
                        partition,
                        Optional.of(answer(answers.partitionResult(partition)).offset()));
            } catch (BrokerUnavailableException silent) {
                ends.put(partition, Optional.empty());
            }
        }
        return ends;
    }

    /** Returns the first offset of each partition of a topic; empty if there is no such topic. */
    public Map<Integer, Long> beginnings(String topic) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < partitions(topic).orElse(0); partition++) {
            wanted.put(new TopicPartition(topic, partition), OffsetSpec.earliest());
        }
        Map<Integer, Long> beginnings = new TreeMap<>();
        answer(admin.listOffsets(wanted).all())
                .forEach((partition, found) -> beginnings.put(partition.partition(), found.offset()));
        return beginnings;
    }

    /**
     * Creates topics and returns the names of those that had not existed.
     *
     * @throws BrokerUnavailableException if the broker refuses one, for example for its replication factor
     */
    List<String> create(Collection<NewTopic> topics) {
        List<String> created = new ArrayList<>();
        admin.createTopics(topics).values().forEach((name, creation) -> {
            try {
                creation.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                created.add(name);
            } catch (ExecutionException refused) {
                if (!(refused.getCause() instanceof TopicExistsException)) {
                    throw failure("topic " + name + " cannot be created: ", refused.getCause());
                }
            } catch (TimeoutException | InterruptedException silent) {
                throw failure("topic " + name + " cannot be created: ", silent);
            }
        });
        return created;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static Admin admin(Map<String, Object> settings, String address) {
        try {
            return Admin.create(settings);
        } catch (KafkaException refused) {
            Throwable reason = refused.getCause() == null ? refused : refused.getCause();
            if (reason instanceof ConfigException
                    && String.valueOf(reason.getMessage()).contains("resolvable")) {
                throw new BrokerUnavailableException(
                        "no host name in kafka.bootstrap.servers can be resolved: " + address, refused);
            }
            TokenLogin.missingToken(settings, refused).ifPresent(sentence -> {
                throw new BrokerUnavailableException(sentence, refused);
            });
            throw new ConfigException("the Kafka settings cannot be used: "
                    + TokenLogin.forbiddenEndpoint(settings, refused)
                            .map(sentence -> sentence + ", for example in FOUNDLING_JAVA_OPTS")
                            .orElseGet(() -> Causes.sentence(reason)));
        }
    }

    private <T> Optional<T> answerIfKnown(KafkaFuture<T> future) {
        try {
            return Optional.of(answer(future));
        } catch (BrokerUnavailableException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            // The client's own limit passes first, and its exception says more.
            return future.get(patience.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failure("", failed.getCause());
        } catch (TimeoutException | InterruptedException silent) {
            throw failure("", silent);
        }
    }

    private BrokerUnavailableException failure(String what, Throwable reason) {
        if (reason instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (reason instanceof TimeoutException || reason instanceof org.apache.kafka.common.errors.TimeoutException) {
            return new BrokerUnavailableException(
                    what + "no broker answered at " + address + " within " + patience.toSeconds()
                            + " s; is it running, and is kafka.bootstrap.servers right?",
                    reason);
        }
        if (reason instanceof AuthenticationException) {
            return new BrokerUnavailableException(
                    what + "the broker at " + address + " denies access: " + said(reason)
                            + "; check the kafka.sasl and kafka.ssl settings",
                    reason);
        }
        if (reason instanceof AuthorizationException denied) {
            return new BrokerUnavailableException(what + new AccessDenial(List.of()).sentence(denied), reason);
        }
        return new BrokerUnavailableException(
                what + "the broker at " + address + " answered: " + reason.getMessage(), reason);
    }

    /** The deepest cause of a failed handshake has the reason. */
    private static String said(Throwable reason) {
        Throwable deepest = Causes.deepest(reason);
        String why = deepest == reason || deepest.getMessage() == null ? "" : " (" + deepest.getMessage() + ")";
        return reason.getMessage() + why;
    }

    private static Map<String, String> settings(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }
}
