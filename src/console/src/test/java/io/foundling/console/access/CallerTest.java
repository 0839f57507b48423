package io.foundling.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the roles of a caller include, and which sources it may see. */
class CallerTest {

    @ParameterizedTest
    @CsvSource({
        "READER,   true,  false, false, false",
        "OPERATOR, true,  true,  false, false",
        "AUDITOR,  true,  false, true,  false",
        "INTAKE,   false, false, false, true",
    })
    void shouldHaveWhatItsRoleIncludesAndNothingElse(
            Role role, boolean reads, boolean operates, boolean audits, boolean reports) {
        Caller caller = new Caller("ann", Set.of(role), Optional.empty());
        assertThat(caller.has(Role.READER)).isEqualTo(reads);
        assertThat(caller.has(Role.OPERATOR)).isEqualTo(operates);
        assertThat(caller.has(Role.AUDITOR)).isEqualTo(audits);
        assertThat(caller.has(Role.INTAKE)).isEqualTo(reports);
    }

    @Test
    void shouldSeeOnlyItsSourcesWhenTheyAreLimited() {
        assertThat(new Caller("ann", Set.of(Role.READER), Optional.empty()).maySee("billing"))
                .isTrue();
        Caller limited = new Caller("ann", Set.of(Role.READER), Optional.of(Set.of("billing")));
        assertThat(limited.maySee("billing")).isTrue();
        assertThat(limited.maySee("Billing")).isFalse();
        assertThat(limited.maySee("")).isFalse();
        assertThat(new Caller("ann", Set.of(Role.READER), Optional.of(Set.of())).maySee("billing"))
                .isFalse();
    }

    @Test
    void shouldBeLocalWithEveryRoleWhenNoCredentialsAreConfigured() {
        Caller caller = Access.local().callerOf(Optional.of("Bearer whatever"));
        assertThat(caller.name()).isEqualTo("local");
        assertThat(Role.values()).allMatch(caller::has);
        assertThat(caller.maySee("billing")).isTrue();
    }
}
