package io.foundling.intake.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of events in the shape of the code of dbt-ol: sent after a run, and while it goes on. */
class RecordedDbtTest {

    private static final String DBT = "operation/dbt-prod/dbt-run-shop/01990000-0000-7000-8000-0000000db700";
    private static final LedgerSettings SETTINGS = Settings.of(LedgerSettings.defaults("audit.events", 1))
            .policies(Settings.anything("runs", Duration.ofHours(1), Duration.ZERO));

    @Test
    void shouldFollowModelsOfDbtUnderTheirInvocation() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            RecordedEvents.send(ledger, RecordedEvents.of("dbt"));

            // Then
            Map<String, Disposition> all = ledger.dispositions();
            assertThat(all.get(DBT).getStatus()).isEqualTo(Status.FAILED);
            assertThat(all.get(DBT).getLastOccurredAt()).isEqualTo(Instant.parse("2026-01-05T12:00:20Z"));
            assertThat(all.get("scope/dbt-prod/shop.public.shop.refunds/job").getStatus())
                    .isEqualTo(Status.FAILED);
            assertThat(all.get("scope/dbt-prod/shop.public.shop.orders/job").getStatus())
                    .isEqualTo(Status.COMPLETED);
            assertThat(all.get("scope/dbt-prod/shop.public.shop.refunds/job").getReason())
                    .isEqualTo("FAIL: The run failed; its event has no errorMessage");
            assertThat(ledger.violations()).isEmpty();
        }
    }

    @Test
    void shouldFollowDbtWhileItRuns() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When: it is killed, after a test that only warns and a model that fails
            RecordedEvents.send(ledger, RecordedEvents.of("dbt-logs"));
            ledger.bothReach(Instant.parse("2026-01-05T14:30:00Z"));

            // Then
            Map<String, Disposition> all = ledger.dispositions();
            assertThat(all.get("scope/dbt-prod/dbt-run-shop/job").getStatus()).isEqualTo(Status.CANCELLED);
            assertThat(all.get("scope/dbt-prod/model.shop.orders.sql.1/job").getStatus())
                    .isEqualTo(Status.COMPLETED);
            assertThat(all.get("scope/dbt-prod/test.shop.not_null_orders_id.a1b2/job")
                            .getStatus())
                    .isEqualTo(Status.COMPLETED);
            assertThat(all.get("scope/dbt-prod/model.shop.refunds/job").getReason())
                    .startsWith("FAIL: Database Error in model refunds");
            assertThat(all.get("scope/dbt-prod/model.shop.report/job").getStatus())
                    .isEqualTo(Status.CANCELLED);
            assertThat(ledger.orphans()).isEmpty();
            assertThat(ledger.violations()).isEmpty();
        }
    }
}
