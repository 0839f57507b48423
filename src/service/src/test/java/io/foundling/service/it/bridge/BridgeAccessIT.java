package io.foundling.service.it.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.service.bridge.BridgeProperties;
import io.foundling.service.command.CommandRun;
import io.foundling.service.it.rig.Outbox;
import io.foundling.service.it.rig.RegistryFront;
import io.foundling.service.it.rig.SecuredStack;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.AccessRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bridge with exactly the rights that it asks for, and what the doctor says of those that bridge and intake lack. */
class BridgeAccessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void shouldRunWithTheAclsItAsksFor(@TempDir Path directory) throws Exception {
        // Given
        SecuredStack secured = SecuredStack.start(directory, List.of("bridge"));
        try (RegistryFront front = secured.front("server", false)) {
            assertThat(secured.applyTopics(front).exitCode()).isZero();
            secured.admin()
                    .createTopics(List.of(new NewTopic(Outbox.TOPIC, 1, (short) 1)))
                    .all()
                    .get();
            Map<String, String> settings =
                    SecuredStack.settings(secured.kafka("bridge"), secured.avro("bridge", front));
            Path yaml = Files.writeString(directory.resolve("foundling.yaml"), Outbox.bridge(directory));
            ServiceProcess bridge = secured.stack()
                    .closeFirst(ServiceProcess.of(secured.stack(), directory, "one", yaml, settings)
                            .running("bridge"));
            bridge.start();
            assertThat(bridge.awaitExit()).as(bridge.log()).isEqualTo(3);
            assertThat(bridge.log())
                    .contains("Write on topic audit.events", "Read on topic " + Outbox.TOPIC)
                    .doesNotContain("\tat ");
            assertThat(doctor("bridge", yaml, settings))
                    .containsPattern(
                            "error +bridges +for bridge, the broker does not allow Read on topic " + Outbox.TOPIC)
                    .containsPattern(
                            "error +bridges +for bridge, the broker does not allow Write on topic audit.events");
            assertThat(doctor("intake", yaml, settings))
                    .containsPattern(
                            "error +reporting +for intake, the broker does not allow Write on topic audit.events:"
                                    + " events are reported there; add an ACL for it");
            secured.grant(
                    "bridge",
                    AccessRules.ofBridge(
                            List.of(Outbox.TOPIC),
                            List.of(TopicNames.EVENTS),
                            TopicNames.DEAD_LETTERS,
                            BridgeProperties.groups("foundling")));

            assertThat(doctor("bridge", yaml, settings)).containsPattern("ok +bridges +bridge may read its topics");
            assertThat(doctor("intake", yaml, settings)).containsPattern("ok +reporting +intake may write into audit");

            // When
            bridge.start().awaitReady();
            send(secured, "no json");

            // Then
            await().atMost(PATIENCE)
                    .until(() ->
                            bridge.metrics().sum("foundling_bridge_records_total", Map.of("outcome", "dead_letter"))
                                    == 1);
            assertThat(bridge.terminate()).as(bridge.log()).isIn(0, 143);
            assertThat(bridge.log()).doesNotContain("\tat ", SecuredStack.SECRET);
        } finally {
            secured.close();
        }
    }

    private static String doctor(String process, Path yaml, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        settings.forEach((key, value) ->
                environment.put("FOUNDLING_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return CommandRun.with(environment, "doctor", "--for", process, "--config", yaml.toString())
                .out();
    }

    private static void send(SecuredStack secured, String value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                new HashMap<>(secured.kafka("admin")), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Outbox.TOPIC, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
