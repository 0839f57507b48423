package io.foundling.service.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Completed;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.SubjectKind;
import io.foundling.service.Page;
import io.foundling.service.command.CommandRun;
import io.foundling.service.config.ConfigReader;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies of the page watch what the page says, given the audit events that those of OpenLineage become. */
class LineagePoliciesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant START = LedgerHarness.START;
    private static final String YAML =
            new Page(Path.of("docs/lineage.md")).code("yaml").findFirst().orElseThrow();
    private static final LedgerSettings SETTINGS =
            new ConfigReader(Map.of()).read("the block", YAML).ledgerSettings(1, Set.of());

    private final LedgerHarness ledger = LedgerHarness.of(SETTINGS);

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void shouldBeAcceptedByTheCheck(@TempDir Path directory) throws IOException {
        // When
        CommandRun check = CommandRun.of(
                "policies",
                "check",
                Files.writeString(directory.resolve("foundling.yaml"), YAML).toString());

        // Then
        assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
    }

    @Test
    void shouldWarnOfRunsThatTakeTooLong() {
        // Given
        String usual = run("spark-prod", "nightly");
        String task = run("airflow-prod", "billing.load");

        // When
        reach(START.plus(Duration.ofHours(2)).plus(Duration.ofMinutes(10)));
        Set<String> atTheLimit = Set.copyOf(ledger.orphans().keySet());
        reach(ledger.now().plus(SECOND.multipliedBy(6)));
        Map<String, OrphanWarning> behindIt = Map.copyOf(ledger.orphans());
        reach(START.plus(Duration.ofHours(6)).plus(SECOND.multipliedBy(10)));

        // Then
        assertThat(atTheLimit).isEmpty();
        assertThat(behindIt).containsOnlyKeys(usual);
        assertThat(behindIt.get(usual).getRule()).isEqualTo("policy:runs");
        assertThat(ledger.orphans().get(task).getRule()).isEqualTo("policy:long-loads");
        assertThat(ledger.alerts()).containsKeys("orphaned/spark-prod/nightly", "orphaned/airflow-prod/billing.load");
    }

    @Test
    void shouldWarnOfARetryThatDoesNotCome() {
        // Given
        ledger.send(job(new Opened()));
        ledger.send(job(new Failed("FAIL", "no file", true, Map.of())));

        // When
        reach(START.plus(Duration.ofMinutes(30)).plus(SECOND.multipliedBy(6)));

        // Then
        assertThat(ledger.orphans().get("scope/airflow-prod/billing/job").getRule())
                .isEqualTo("policy:retries");
    }

    @Test
    void shouldAlertWhenTheJobMissesItsSchedule() {
        // Given: completed at noon, which is in time for seven o'clock in Zurich on the next day
        ledger.send(Events.declared("job", Duration.ofDays(400))
                .kind(SubjectKind.SCOPE)
                .source("airflow-prod")
                .stage("billing"));
        ledger.send(job(new Opened()));
        ledger.send(job(new Completed(null, null, Map.of())));
        Instant due = Instant.parse("2026-01-07T06:00:00Z");

        // When
        reach(due);
        Set<String> atTheLimit = Set.copyOf(ledger.alerts().keySet());
        reach(due.plus(SECOND.multipliedBy(10)));

        // Then
        assertThat(atTheLimit).isEmpty();
        assertThat(ledger.alerts().get("stale_scope/airflow-prod/billing").getLabels())
                .containsEntry("severity", "critical")
                .containsEntry("owner", "billing");
    }

    private String run(String namespace, String job) {
        ledger.send(Events.of("0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90", new Opened())
                .kind(SubjectKind.OPERATION)
                .source(namespace)
                .stage(job));
        return "operation/" + namespace + "/" + job + "/0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90";
    }

    private static Events job(Object body) {
        return Events.of("job", body)
                .kind(SubjectKind.SCOPE)
                .source("airflow-prod")
                .stage("billing");
    }

    /** Lets accounts be sent, and alerts follow them. */
    private void reach(Instant time) {
        for (int seconds = 3; seconds >= 0; seconds--) {
            ledger.bothReach(time.minus(SECOND.multipliedBy(seconds)));
        }
    }
}
