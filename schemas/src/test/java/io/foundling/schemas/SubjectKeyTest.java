package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectKeyTest {

    @ParameterizedTest
    @CsvSource({
        "plain-1.0_a~b, plain-1.0_a~b",
        "a b+c*d, a%20b%2Bc%2Ad",
        "a/b%2F, a%2Fb%252F",
        "Łódź, %C5%81%C3%B3d%C5%BA",
        "'', ''",
        "😀, %F0%9F%98%80",
        "'\u0000', %00"
    })
    void shouldPercentEncodeAsUtf8WhenACharacterIsReserved(String id, String encoded) {
        // Given
        Subject subject = new Subject(SubjectKind.RECORD, "university", "declaration", id);

        // When
        String key = SubjectKey.of(subject);

        // Then
        assertThat(key).isEqualTo("record/university/declaration/" + encoded);
        assertThat(SubjectKey.parse(key)).isEqualTo(subject);
    }

    @Test
    void shouldKeepSubjectsApartWhenTheirPartsContainSlashes() {
        assertThat(SubjectKey.of(SubjectKind.SCOPE, "a/b", "c", "d"))
                .isNotEqualTo(SubjectKey.of(SubjectKind.SCOPE, "a", "b/c", "d"));
    }

    @Test
    void shouldLeaveEveryAsciiCharacterReadableBackWhenItIsEncoded() {
        // Given
        StringBuilder ascii = new StringBuilder();
        for (char c = 0; c < 128; c++) {
            ascii.append(c);
        }

        // When
        String key = SubjectKey.of(SubjectKind.BATCH, "s", "t", ascii.toString());

        // Then
        assertThat(SubjectKey.parse(key).getId()).isEqualTo(ascii.toString());
        assertThat(Arrays.stream(key.split("/")).skip(3).findFirst().orElseThrow())
                .matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
    }

    @ParameterizedTest
    @EnumSource(SubjectKind.class)
    void shouldNameEveryKindInLowerCase(SubjectKind kind) {
        assertThat(SubjectKey.parse(SubjectKey.of(kind, "a", "b", "c")).getKind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "record", "record/a/b", "record/a/b/c/d", "planet/a/b/c", "record/a/b/%zz"})
    void shouldRefuseAKeyWhenItIsNoSubjectKey(String key) {
        assertThatThrownBy(() -> SubjectKey.parse(key)).isInstanceOf(IllegalArgumentException.class);
    }
}
