package io.foundling.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LedgerPlanTest {

    @Test
    void shouldRunAllContendersAndRepeatThoseWhoseRatiosCountWhenNothingIsSaid() {
        // When
        LedgerPlan plan = LedgerPlan.parse(new String[0]);

        // Then
        assertThat(plan.events()).isEqualTo(1_000_000);
        assertThat(plan.rounds()).isEqualTo(3);
        assertThat(plan.contenders()).containsExactly(LedgerContender.values());
        assertThat(plan.runs(LedgerContender.FOUNDLING, 2)).isTrue();
        assertThat(plan.runs(LedgerContender.HAND_WRITTEN, 2)).isFalse();
    }

    @Test
    void shouldRunEachNamedContenderOnceWhenSomeAreNamed() {
        // When
        LedgerPlan plan = LedgerPlan.parse(new String[] {"hand-written", "--events", "300000", "foundling"});

        // Then
        assertThat(plan.contenders()).containsExactly(LedgerContender.HAND_WRITTEN, LedgerContender.FOUNDLING);
        assertThat(plan.events()).isEqualTo(300_000);
        assertThat(plan.rounds()).isOne();
    }

    @Test
    void shouldNameTheWordWhenItIsUnknown() {
        assertThatThrownBy(() -> LedgerPlan.parse(new String[] {"flunk"}))
                .hasMessage("'flunk' is neither option nor contender.");
    }

    @Test
    void shouldNameTheOptionWhenItsValueIsMissing() {
        assertThatThrownBy(() -> LedgerPlan.parse(new String[] {"--events"})).hasMessage("--events needs a value.");
    }
}
