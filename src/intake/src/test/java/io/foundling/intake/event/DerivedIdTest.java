package io.foundling.intake.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** These ids must stay: a repeat after an upgrade must be known as a repeat. */
class DerivedIdTest {

    @Test
    void shouldStayAsItIs() {
        assertThat(DerivedId.ofKey("token:airflow", "run-1", 0)).hasToString("692015f9-3f73-3104-b4c7-2ec3d35ae641");
        assertThat(DerivedId.ofCloudEvent("/jobs", "1")).hasToString("4e71a314-0132-35a8-bfa5-fc2eb61a6eca");
    }

    @Test
    void shouldDifferInEachPart() {
        assertThat(DerivedId.ofKey("a", "bc", 0))
                .isNotEqualTo(DerivedId.ofKey("ab", "c", 0))
                .isNotEqualTo(DerivedId.ofKey("a", "bc", 1))
                .isNotEqualTo(DerivedId.ofCloudEvent("a", "bc"));
    }
}
