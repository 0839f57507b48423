package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.declared;
import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.Events.of;
import static io.foundling.topology.harness.Events.retired;
import static io.foundling.topology.harness.LedgerHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Completed;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.Volume;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Declared scopes that count far more or far less than before. Proves rules C3, C4, R5 and A1. */
final class VolumesTest {

    private static final String KEY = "volume_anomaly/university/declaration";
    private static final String SCOPE = "scope/university/declaration/2026";
    private static final Duration DAY = Duration.ofDays(1);

    private LedgerHarness ledger = comparing(ZoneId.of("UTC"));

    @AfterEach
    void close() {
        ledger.close();
    }

    private static LedgerHarness comparing(ZoneId zone) {
        Policy policy = Settings.comparing(new Volume(50, 0, zone, false));
        return LedgerHarness.of(
                Settings.of(LedgerSettings.defaults("audit.events", 1)).policies(policy));
    }

    private void send(Events event) {
        ledger.send(event.kind(SubjectKind.SCOPE), event.build().getOccurredAt());
    }

    private void completed(String id, Instant at, long rows) {
        send(of(id, new Completed(null, null, Map.of("rows", rows))).at(at));
    }

    private void declareAndComplete(String id, long... rows) {
        send(declared(id, Duration.ofDays(1_000)));
        for (int day = 0; day < rows.length; day++) {
            completed(id, START.plus(DAY.multipliedBy(day)), rows[day]);
        }
    }

    private Alert alert() {
        for (int seconds = 0; seconds < 3; seconds++) {
            ledger.bothReach(ledger.now().plusSeconds(1));
        }
        return ledger.alerts().get(KEY);
    }

    @Test
    void shouldAlertWithTheSamplesOfTheBaselineAndResolveWithTheNextGoodDay() {
        // Given
        declareAndComplete("2026", 100, 110, 3);
        Alert fired = alert();

        // When
        completed("2026", START.plus(DAY.multipliedBy(3)), 90);
        Alert resolved = alert();

        // Then
        assertThat(fired.getType()).isEqualTo(AlertType.VOLUME_ANOMALY);
        assertThat(fired.getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(fired.getSamples()).containsExactly(SCOPE);
        assertThat(fired.getAnnotations())
                .containsEntry("summary", "1 scope of university/declaration counted far more or far less than before")
                .containsEntry(
                        "findings",
                        SCOPE + ": rows of 2026-01-07 is 3, the median of 2026-01-06: 110, 2026-01-05: 100 is 105.0");
        assertThat(resolved.getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(resolved.getAnnotations().get("summary"))
                .isEqualTo("All scopes of university/declaration count about as much as before");
    }

    @Test
    void shouldResolveWhenTheSameDayIsCompletedAgain() {
        // Given
        declareAndComplete("2026", 100, 100, 3);
        AlertStatus fired = alert().getStatus();

        // When
        completed("2026", START.plus(DAY.multipliedBy(2)).plusSeconds(1), 100);

        // Then
        assertThat(fired).isEqualTo(AlertStatus.FIRING);
        assertThat(alert().getStatus()).isEqualTo(AlertStatus.RESOLVED);
    }

    @Test
    void shouldBeginDaysInTheZoneOfThePolicy() {
        // Given
        ledger.close();
        ledger = comparing(ZoneId.of("Pacific/Kiritimati"));
        send(declared("2026", Duration.ofDays(1_000)));

        // When
        completed("2026", Instant.parse("2026-01-06T09:59:59.999Z"), 100);
        completed("2026", Instant.parse("2026-01-06T10:00:00Z"), 100);
        completed("2026", Instant.parse("2026-01-07T10:00:00Z"), 1);

        // Then
        assertThat(alert().getAnnotations().get("findings"))
                .endsWith("rows of 2026-01-08 is 1, the median of 2026-01-07: 100, 2026-01-06: 100 is 100.0");
    }

    @Test
    void shouldGoOnAfterARestartAndTakeADuplicateOnce() {
        // Given
        declareAndComplete("2026", 100, 100);

        // When
        ledger.restart();
        completed("2026", START, 100);
        completed("2026", START.plus(DAY.multipliedBy(2)), 1);
        alert();
        ledger.restart();
        completed("2026", START.plus(DAY.multipliedBy(2)), 1);

        // Then
        assertThat(alert().getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(ledger.alertChanges()).hasSize(1);
    }

    @Test
    void shouldCompareDeclaredScopesOnlyAndForgetRetiredOnes() {
        // Given
        completed("undeclared", START, 100);
        completed("undeclared", START.plus(DAY), 100);
        completed("undeclared", START.plus(DAY.multipliedBy(2)), 1);
        Alert none = alert();
        declareAndComplete("2026", 100, 100, 1);
        AlertStatus fired = alert().getStatus();

        // When
        send(retired("2026").at(START.plus(DAY.multipliedBy(3))));

        // Then
        assertThat(none).isNull();
        assertThat(fired).isEqualTo(AlertStatus.FIRING);
        assertThat(alert().getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ledger.store().contents().keySet()).noneMatch(key -> key.get()[0] == 0x49);
    }

    @Test
    void shouldResolveWithTheNextCompletionWhenThePolicyDoesNotCompareAnyMore() {
        // Given
        declareAndComplete("2026", 100, 100, 1);
        AlertStatus fired = alert().getStatus();

        // When
        ledger.restart(Settings.of(ledger.settings()).policies());
        completed("2026", START.plus(DAY.multipliedBy(3)), 1);

        // Then
        assertThat(fired).isEqualTo(AlertStatus.FIRING);
        assertThat(alert().getStatus()).isEqualTo(AlertStatus.RESOLVED);
    }

    @Test
    void shouldForgetEverythingWhenTheScopeIsErased() {
        // Given
        declareAndComplete("2026", 100, 100, 1);
        AlertStatus fired = alert().getStatus();

        // When
        send(erased("2026").at(START.plus(DAY.multipliedBy(3))));

        // Then
        assertThat(fired).isEqualTo(AlertStatus.FIRING);
        assertThat(alert().getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ledger.store().contents().keySet())
                .noneMatch(key -> new String(key.get(), StandardCharsets.UTF_8).contains(SCOPE));
    }
}
