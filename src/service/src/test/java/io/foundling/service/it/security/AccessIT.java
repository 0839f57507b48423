package io.foundling.service.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.FoundlingProcess;
import io.foundling.service.it.rig.RegistryFront;
import io.foundling.service.it.rig.SecuredStack;
import io.foundling.service.topics.AccessCheck;
import io.foundling.service.topics.Broker;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.AccessRule;
import io.foundling.topology.topics.AccessRules;
import io.foundling.topology.topics.TopicContracts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every ACL that the service needs, taken away in turn: what a user reads names the resource and the operation. */
class AccessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private static Path directory;

    private static SecuredStack secured;
    private static RegistryFront front;
    private static final Map<String, FoundlingProcess> DENIED = new LinkedHashMap<>();

    /** What does not exist before the first start can only be denied while it runs. */
    @BeforeAll
    static void start() throws Exception {
        secured = SecuredStack.start(
                directory, List.of("checked", "nogroup", "notransaction", "nocreate", "noread", "nowrite"));
        front = secured.front("server", true);
        assertThat(secured.applyTopics(front).exitCode()).isZero();
        sendSomething();
        denied("nogroup", rule -> rule.resource() == ResourceType.GROUP);
        denied("notransaction", rule -> rule.resource() == ResourceType.TRANSACTIONAL_ID);
        denied("nocreate", internal(AclOperation.CREATE));
        denied("noread", internal(AclOperation.READ));
        denied("nowrite", internal(AclOperation.WRITE));
    }

    @AfterAll
    static void stop() {
        DENIED.values().forEach(FoundlingProcess::close);
        front.close();
        secured.close();
    }

    @Test
    void shouldNameEveryAclOfWhatExistsBeforeTheStart() throws Exception {
        // Given
        List<AccessRule> rules = AccessRules.ofService("checked", TopicContracts.declared());
        secured.grant("checked", rules);
        secured.admin()
                .createTopics(List.of(new NewTopic("checked-ledger-store-changelog", Optional.of(1), Optional.empty())))
                .all()
                .get();
        secured.admin()
                .alterConsumerGroupOffsets(
                        "checked", Map.of(new TopicPartition(TopicNames.EVENTS, 0), new OffsetAndMetadata(0)))
                .all()
                .get();
        try (Broker broker = Broker.connect(secured.kafka("checked"), PATIENCE)) {
            AccessCheck check = new AccessCheck(broker, rules);
            await("everything is granted").atMost(PATIENCE).until(check::run, List::isEmpty);

            for (AccessRule rule : rules) {
                if (rule.resource() == ResourceType.TRANSACTIONAL_ID || rule.operation() == AclOperation.CREATE) {
                    continue;
                }

                // When
                secured.revoke("checked", rule);

                // Then
                List<String> reported =
                        await(rule.sentence()).atMost(PATIENCE).until(check::run, said -> !said.isEmpty());
                assertThat(reported)
                        .containsExactly("the broker does not allow " + rule.sentence() + ": " + rule.why()
                                + "; add an ACL for it");
                secured.grant("checked", List.of(rule));
                await("granted again").atMost(PATIENCE).until(check::run, List::isEmpty);
            }
        }
    }

    @Test
    void shouldNameTheGroupThatItMayNotJoin() {
        shouldEnd("nogroup", "the broker does not allow Read on group nogroup: instances share the work in this group");
    }

    @Test
    void shouldNameTheTransactionalIdThatItMayNotUse() {
        shouldEnd(
                "notransaction",
                "the broker denies access to its transactional id; needed are ACLs for Write on every transactional id that"
                        + " begins with notransaction-");
    }

    @Test
    void shouldNameTheInternalTopicThatItMayNotCreate() {
        shouldEnd("nocreate", "Create on every topic that begins with nocreate-");
    }

    @Test
    void shouldNameTheInternalTopicThatItMayNotRead() {
        shouldEnd("noread", "Read on every topic that begins with noread-");
    }

    @Test
    void shouldNameTheInternalTopicThatItMayNotWrite() {
        shouldEnd("nowrite", "Write on every topic that begins with nowrite-");
    }

    private static void shouldEnd(String user, String said) {
        FoundlingProcess process = DENIED.get(user);
        int ended = process.awaitExit(PATIENCE);
        assertThat(ended).as(process.log()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(process.log())
                .contains("foundling serve: the broker ", said)
                .doesNotContain("\tat ", "Exception in thread", SecuredStack.SECRET);
    }

    /** Without the rules that fit; the application has the name of its user. */
    private static void denied(String user, Predicate<AccessRule> taken) throws Exception {
        secured.grant(
                user,
                AccessRules.ofService(user, TopicContracts.declared()).stream()
                        .filter(taken.negate())
                        .toList());
        LocalStack stack = secured.stack();
        Map<String, String> settings =
                SecuredStack.settings(secured.kafka(user), Map.of("schema.registry.url", stack.registryUrl()));
        settings.put("application", user);
        settings.put("stateDirectory", directory.resolve(user).toString());
        settings.put("http.host", "127.0.0.1");
        settings.put("http.port", "0");
        DENIED.put(user, FoundlingProcess.start(directory.resolve(user + ".log"), settings, List.of("serve")));
    }

    private static Predicate<AccessRule> internal(AclOperation operation) {
        return rule -> rule.resource() == ResourceType.TOPIC
                && rule.pattern() == PatternType.PREFIXED
                && rule.operation() == operation;
    }

    /** So that there is something to write. */
    private static void sendSomething() throws Exception {
        Map<String, String> registry =
                Map.of("schema.registry.url", secured.stack().registryUrl());
        AuditEvent event = Events.deferred("something", Instant.now());
        try (Serializer<SpecificRecord> serializer = AvroSerdes.serializer(registry, false);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.copyOf(secured.kafka("admin")), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] value = serializer.serialize(TopicNames.EVENTS, event);
            producer.send(new ProducerRecord<>(TopicNames.EVENTS, EventFeed.key(event), value))
                    .get();
        }
    }
}
