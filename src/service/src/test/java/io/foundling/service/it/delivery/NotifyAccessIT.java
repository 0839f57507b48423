package io.foundling.service.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.console.delivery.FakeReceiver;
import io.foundling.console.delivery.topics.DeliverySettings;
import io.foundling.service.it.rig.RegistryFront;
import io.foundling.service.it.rig.SecuredStack;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.AccessRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The delivery of alerts with exactly the rights that it asks for, and with secrets. */
class NotifyAccessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String KEY = "sesame-of-the-hook";

    @Test
    void shouldDeliverWithTheAclsItAsksForAndSayNoSecret(@TempDir Path directory) throws Exception {
        // Given
        SecuredStack secured = SecuredStack.start(directory, List.of("notify"));
        try (RegistryFront front = secured.front("server", false);
                FakeReceiver hook = new FakeReceiver();
                AlertFeed feed = feed(secured, front)) {
            assertThat(secured.applyTopics(front).exitCode()).isZero();
            Map<String, String> settings =
                    SecuredStack.settings(secured.kafka("notify"), secured.avro("notify", front));
            Path yaml = Files.writeString(directory.resolve("foundling.yaml"), """
                    receivers:
                      - name: hook
                        kind: WEBHOOK
                        urlFile: %s
                        authorizationFile: %s
                        secretFile: %s
                    """.formatted(
                            Files.writeString(directory.resolve("url"), hook.uri() + "/" + KEY + "\n"),
                            Files.writeString(directory.resolve("authorization"), "Bearer " + KEY + "\n"),
                            Files.writeString(directory.resolve("key"), KEY)));
            ServiceProcess notify = secured.stack()
                    .closeFirst(ServiceProcess.of(secured.stack(), directory, "one", yaml, settings)
                            .running("notify"));
            notify.start();
            assertThat(notify.awaitExit()).as(notify.log()).isEqualTo(3);
            assertThat(notify.log()).contains("Read on topic audit.alerts").doesNotContain("\tat ");
            secured.grant(
                    "notify",
                    AccessRules.ofNotify(
                            TopicNames.ALERTS, TopicNames.DELIVERIES, DeliverySettings.groups("foundling")));

            // When
            notify.start().awaitReady();
            feed.fires("declaration", 1);

            // Then
            await().atMost(PATIENCE).until(() -> hook.posts().size() == 1);
            assertThat(hook.posts().get(0).authorization()).isEqualTo("Bearer " + KEY);
            assertThat(hook.posts().get(0).signature()).startsWith("v1,");
            assertThat(notify.log() + notify.body("/metrics") + notify.body("/readyz"))
                    .doesNotContain(KEY, SecuredStack.SECRET);
        } finally {
            secured.close();
        }
    }

    private static AlertFeed feed(SecuredStack secured, RegistryFront front) {
        return new AlertFeed(secured.kafka("admin"), secured.avro("admin", front));
    }
}
