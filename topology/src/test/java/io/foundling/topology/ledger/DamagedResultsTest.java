package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.Events.reconciled;
import static io.foundling.topology.harness.LedgerHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredResult;
import io.foundling.topology.store.stored.StoredResults;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Stored results of checks that name a type of check that is not known: a newer build may know more, and any byte may be
 * damaged. Proves rules R5 and S2.
 */
final class DamagedResultsTest {

    private static final String SCOPE = "scope/university/declaration/2026";
    private static final LocalDate DAY = LocalDate.parse("2026-01-05");

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));

    @AfterEach
    void close() {
        ledger.close();
    }

    @BeforeEach
    void damageTheResultsOfAScopeThatCounts() {
        ledger.send(reconciled("2026", CheckStatus.FAILED, DAY));
        pass();
        assertThat(alert()).isEqualTo(AlertStatus.FIRING);
        StoredResults unknown = new StoredResults(
                0L, Long.MAX_VALUE, List.of(new StoredResult("NO_SUCH_CHECK", 20_457, 0L, 5L, 6L, "anything")));
        ledger.store().overwrite(StoreKeys.results(SCOPE), new VersionedCodec<>(StoredResults.class).encode(unknown));
    }

    private void pass() {
        for (int seconds = 0; seconds < 3; seconds++) {
            ledger.bothReach(ledger.now().plusSeconds(1));
        }
    }

    private AlertStatus alert() {
        return ledger.alerts().get("reconciliation/university/declaration").getStatus();
    }

    @Test
    void shouldSetThemAsideAndBeginAnewWithTheNextResult() {
        // When
        ledger.send(reconciled("2026", CheckStatus.PASSED, DAY).at(START.plusSeconds(10)));
        pass();

        // Then
        assertThat(ledger.listener().setAside()).containsEntry("reconciliation", 1L);
        assertThat(ledger.listener().entriesFailed()).isZero();
        assertThat(alert()).isEqualTo(AlertStatus.RESOLVED);
    }

    @Test
    void shouldNoLongerCountTheScopeOnceItIsErased() {
        // When
        ledger.send(erased("2026").kind(SubjectKind.SCOPE));
        pass();

        // Then
        assertThat(alert()).isEqualTo(AlertStatus.RESOLVED);
        // Its entry in the expiry index cannot be found any more, and goes when it is due.
        assertThat(ledger.store().contents().keySet())
                .filteredOn(key -> !StoreKeys.kind(key).equals("expiry"))
                .noneMatch(key -> new String(key.get(), StandardCharsets.UTF_8).contains(SCOPE));
    }
}
