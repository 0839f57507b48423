package io.foundling.service.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.config.HttpAddress;
import io.foundling.service.finding.Finding;
import io.foundling.service.finding.Severity;
import io.foundling.service.http.HttpEndpoint;
import io.foundling.service.metrics.KafkaMetrics;
import io.foundling.service.metrics.LedgerMetrics;
import io.foundling.service.metrics.ServiceMetrics;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetAsideExaminationTest {

    private static Finding examined(String metrics) {
        try (HttpEndpoint endpoint = new HttpEndpoint("localhost", 0, List::of, List::of, () -> metrics)) {
            return examined(endpoint.port());
        }
    }

    private static Finding examined(int port) {
        List<Finding> findings =
                new SetAsideExamination(new HttpAddress("0.0.0.0", port, KafkaMetrics.USED)).findings();
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void shouldCountByKindWhatTheInstanceHasSetAside() {
        // Given
        Finding finding;
        try (ServiceMetrics service = new ServiceMetrics("1.2.3", KafkaMetrics.USED)) {
            LedgerMetrics ledger =
                    new LedgerMetrics(service.registry(), List.of("audit.events"), InstantSource.system());
            ledger.setAside("0_0", "subject", 1);
            ledger.setAside("0_1", "subject", 1);
            ledger.setAside("0_1", "member", 1);
            ledger.setAside("0_2", "tally", 0);

            // When
            finding = examined(service.scrape());
        }

        // Then
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.sentence())
                .isEqualTo("the instance that runs here could not decode 3 entries of its state and set them aside:"
                        + " 1 of kind member, 2 of kind subject; expected none, see damaged entries in operation.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "foundling_set_aside{kind=\"subject\"} 0.0\n"})
    void shouldBeContentWhenNothingIsSetAside(String metrics) {
        // When / Then
        assertThat(examined(metrics).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void shouldSayThatNothingIsKnownWhereNoInstanceRuns() {
        // Given
        int free;
        try (HttpEndpoint closed = new HttpEndpoint("localhost", 0, List::of, List::of, () -> "")) {
            free = closed.port();
        }

        // When
        Finding finding = examined(free);

        // Then
        assertThat(finding.severity()).isEqualTo(Severity.SKIPPED);
        assertThat(finding.sentence()).contains("is not known: no instance answers at http://localhost:" + free);
    }
}
