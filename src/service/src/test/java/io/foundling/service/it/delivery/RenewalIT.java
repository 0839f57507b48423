package io.foundling.service.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.console.delivery.FakeReceiver;
import io.foundling.local.LocalStack;
import io.foundling.schemas.Certificates;
import io.foundling.service.it.rig.LiveLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and a token that are renewed while {@code notify} runs. */
class RenewalIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @Test
    void shouldDeliverWithoutARestartWhenCertificatesAndTokenAreRenewed(@TempDir Path directory) throws IOException {
        // Given: files that neither side accepts
        Certificates certificates = Certificates.in(directory);
        Path authority = Files.writeString(directory.resolve("ca.crt"), certificates.pemChain("stranger"));
        Path certificate = Files.writeString(directory.resolve("tls.crt"), certificates.pemChain("stranger"));
        Path key = Files.writeString(directory.resolve("tls.key"), certificates.pemKey("stranger"));
        Path token = Files.writeString(directory.resolve("token"), "Bearer former");
        try (LocalStack stack = LocalStack.startTemporary()) {
            LiveLedger.createTopics(stack, 1, "audit.events");
            AlertFeed feed = stack.closeFirst(new AlertFeed(stack));
            FakeReceiver hook = stack.closeFirst(new FakeReceiver(certificates.server("server"), true));
            LiveNotify notify = stack.closeFirst(
                    LiveNotify.ready(stack, "one", """
                    receivers:
                      - name: hook
                        kind: WEBHOOK
                        url: %s
                        caFile: %s
                        certificateFile: %s
                        keyFile: %s
                        authorizationFile: %s
                    """.formatted(hook.uri(), authority, certificate, key, token)));
            feed.fires("declaration", 1);
            await().atMost(PATIENCE).until(() -> notify.probes().metrics().sum("foundling_notifications_total") > 0);
            assertThat(hook.posts()).isEmpty();

            // When
            Files.writeString(authority, certificates.pemChain("authority"));
            Files.writeString(certificate, certificates.pemChain("client"));
            Files.writeString(key, certificates.pemKey("client"));
            Files.writeString(token, "Bearer renewed");

            // Then
            await().atMost(PATIENCE).until(() -> !hook.posts().isEmpty());
            assertThat(hook.posts().get(0).authorization()).isEqualTo("Bearer renewed");
        }
    }
}
