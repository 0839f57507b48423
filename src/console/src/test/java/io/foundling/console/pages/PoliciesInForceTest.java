package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.access.Access;
import io.foundling.topology.settings.PolicySet;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger takes other policies while it runs; so does what is shown and explained. */
class PoliciesInForceTest {

    private static final String EXPLANATION = "/api/v1/subjects/" + PagesRows.LONG_LIFE + "/explanation";

    @Test
    void shouldShowAndExplainByThePoliciesOfNow(@TempDir Path directory) {
        try (PagesRig rig =
                new PagesRig(directory, Access.local(), InstantSource.fixed(Instant.parse("2026-11-30T12:00:00Z")))) {
            // Given
            PagesRows.write(rig);
            String explained = rig.get(EXPLANATION, "Accept", "text/plain").body();
            assertThat(rig.get("/policies").body()).contains("declarations");

            // When
            rig.putInForce(PolicySet.NONE);

            // Then
            assertThat(rig.get("/policies").body()).doesNotContain("declarations");
            assertThat(rig.get(EXPLANATION, "Accept", "text/plain").body()).isNotEqualTo(explained);
        }
    }
}
