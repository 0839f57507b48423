package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettlementViewTest {

    private final StringWriter written = new StringWriter();
    private final SettlementView view = new SettlementView(new Screen(new PrintWriter(written), false, () -> 12_345));

    @Test
    void shouldSayOnlyWhatIsKnownOfABatchThatAnybodyMayReport() {
        // When
        view.settlement("batch/university/payment-run/7/1", settlement(1, 2L));
        view.settlement("batch/university/payment-run/7/2", settlement(2, null));

        // Then
        assertThat(written.toString().lines())
                .containsExactly(
                        "  12.3 s  ■ SETTLED      payment-run 7     2 announced, 2 deferred, 2 returned, none missing",
                        "  12.3 s  ■ SETTLED      payment-run 7     attempt 2: 2 deferred, 2 returned, none missing");
    }

    private static Settlement settlement(int attempt, Long expected) {
        return Settlement.newBuilder()
                .setParent(new Subject(SubjectKind.BATCH, "university", "payment-run", "7"))
                .setAttempt(attempt)
                .setVersion(1)
                .setClosedAt(Instant.EPOCH)
                .setExpected(expected)
                .setDeferred(2)
                .setReturned(Map.of("COMPLETED", 2L))
                .setMoved(0)
                .setOrphaned(0)
                .setMissing(List.of())
                .setOutcome(Status.COMPLETED)
                .build();
    }
}
