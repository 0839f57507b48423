package io.foundling.console.delivery.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.FakeReceiver;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.http.Answer;
import io.foundling.console.delivery.http.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestAlertTest {

    private final TestAlert alert = new TestAlert(new Presentation("ledger", Optional.empty()), new FakeClock());

    @Test
    void shouldSendOneAlertToEachInstanceAndShowEachAnswer() throws InterruptedException {
        // Given
        try (FakeReceiver one = new FakeReceiver();
                FakeReceiver two = new FakeReceiver()) {
            two.answers(503, "later");

            // When
            Map<String, Answer> answers =
                    alert.send(receiver(new Receiver.Alertmanager(List.of(one.uri(), two.uri()))));

            // Then
            assertThat(answers).hasSize(2);
            assertThat(answers.get("127.0.0.1:" + one.port()).status()).isEqualTo(200);
            assertThat(answers.get("127.0.0.1:" + two.port()).text()).isEqualTo("503 later");
            assertThat(one.bodies()).singleElement().asString().contains("FoundlingTest", "ledger");
        }
    }

    @Test
    void shouldSendAWebhookOneAlert() throws InterruptedException {
        // Given
        try (FakeReceiver hook = new FakeReceiver()) {
            // When
            Map<String, Answer> answers =
                    alert.send(receiver(new Receiver.Webhook(hook.uri(), Receiver.Format.CLOUDEVENTS, Duration.ZERO)));

            // Then
            assertThat(answers).containsOnlyKeys("127.0.0.1:" + hook.port());
            assertThat(hook.ids()).containsExactly("test#" + FakeClock.START.getEpochSecond());
        }
    }

    private static Receiver receiver(Receiver.Kind kind) {
        return new Receiver("tested", Transport.open(Duration.ofSeconds(60)), kind);
    }
}
