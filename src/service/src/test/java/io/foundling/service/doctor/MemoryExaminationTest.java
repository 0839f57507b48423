package io.foundling.service.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.finding.Finding;
import io.foundling.service.finding.Severity;
import org.junit.jupiter.api.Test;

class MemoryExaminationTest {

    private static final long MIB = 1L << 20;

    @Test
    void shouldBeContentWhenEverythingFitsExactly() {
        // When
        var findings = new MemoryExamination(768 * MIB, 256 * MIB, () -> 1280 * MIB).findings();

        // Then
        assertThat(findings)
                .containsExactly(Finding.ok("heap 768 MiB + rocksdb.memory 256 MiB + 25 % = 1.3 GiB, of 1.3 GiB"));
    }

    @Test
    void shouldWarnAndNameTheSettingsWhenAByteIsMissing() {
        // When
        var findings = new MemoryExamination(768 * MIB, 256 * MIB, () -> 1280 * MIB - 1).findings();

        // Then
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.sentence()).contains("FOUNDLING_JAVA_OPTS", "rocksdb.memory");
        });
    }
}
