package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.SubjectKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ParentKindsTest {

    @ParameterizedTest
    @EnumSource(SubjectKind.class)
    void shouldSayOfEachKindAndOfEachKeyWhetherItCanBeAParent(SubjectKind kind) {
        // When
        String key = SubjectKey.of(kind, "s", "t", "1");

        // Then
        boolean expected = kind != SubjectKind.RECORD && kind != SubjectKind.UNKNOWN;
        assertThat(ParentKinds.include(kind)).isEqualTo(expected);
        assertThat(ParentKinds.includeKindOf(key)).isEqualTo(expected);
        assertThat(ParentKinds.NAMES.contains(kind.name())).isEqualTo(expected);
    }
}
