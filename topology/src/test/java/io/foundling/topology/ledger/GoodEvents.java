package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.topology.harness.DeadLetter;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A ledger that reads a good event before the bad input of a test. After the test it reads another one, and proves that
 * both were applied and that no dead letter is too large (rule B5).
 */
final class GoodEvents implements AfterEachCallback {

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));

    GoodEvents() {
        ledger.send(deferred("good").dueAt(START.plusSeconds(3_600)));
    }

    LedgerHarness ledger() {
        return ledger;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        try (ledger) {
            ledger.send(completed("good").at(START.plusSeconds(1)));
            assertThat(ledger.disposition("good").getStatus()).isEqualTo(Status.COMPLETED);
            assertThat(ledger.deadLetters()).allSatisfy(letter -> {
                assertThat(sizeOf(letter)).as("bytes of a dead letter").isLessThan(2_162_688);
                assertThat(letter.message()).isNotBlank();
            });
        }
    }

    private static long sizeOf(DeadLetter letter) {
        long headers = letter.headers().entrySet().stream()
                .mapToLong(
                        header -> header.getKey().length() + header.getValue().getBytes(UTF_8).length)
                .sum();
        return headers + lengthOf(letter.key()) + lengthOf(letter.value());
    }

    private static int lengthOf(Optional<byte[]> bytes) {
        return bytes.map(each -> each.length).orElse(0);
    }
}
