package io.foundling.service.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NameBasedIdTest {

    @Test
    void shouldGiveThisVeryIdForEver() {
        // When
        UUID id = NameBasedId.of(List.of("declaration 1", "step", "é"));

        // Then
        assertThat(id).hasToString("d15ee299-1c6d-5071-9321-e5e3118c592a");
        assertThat(id.version()).isEqualTo(5);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void shouldTellValuesApartThatReadTheSameInARow() {
        assertThat(NameBasedId.of(List.of("ab", "c")))
                .isNotEqualTo(NameBasedId.of(List.of("a", "bc")))
                .isNotEqualTo(NameBasedId.of(List.of("abc")));
    }
}
