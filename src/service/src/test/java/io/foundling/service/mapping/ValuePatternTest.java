package io.foundling.service.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValuePatternTest {

    @Test
    void shouldMatchExactlyOrWithStars() {
        assertThat(ValuePattern.of("Paid").matches("Paid")).isTrue();
        assertThat(ValuePattern.of("Paid").matches("paid")).isFalse();
        assertThat(ValuePattern.of("Paid").matches("Paid twice")).isFalse();
        assertThat(ValuePattern.of("APPROVED by *").matches("FINAL_APPROVED by X"))
                .isFalse();
        assertThat(ValuePattern.of("*APPROVED by *").matches("FINAL_APPROVED by X"))
                .isTrue();
        assertThat(ValuePattern.of("a*").matches("a\nb")).isTrue();
        assertThat(ValuePattern.of("a.c").matches("abc")).isFalse();
        assertThat(ValuePattern.of("a\\*").matches("a*")).isTrue();
        assertThat(ValuePattern.of("a\\*").matches("ab")).isFalse();
    }
}
