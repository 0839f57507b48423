package io.foundling.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foundling.console.access.Role;
import io.foundling.console.access.token.IssuedToken;
import io.foundling.service.Page;
import io.foundling.service.config.ConfigurationException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file of tokens may hold, and what is said of anything else. */
class TokensFileTest {

    private static final String HASH = "a".repeat(64);
    private static final String SECRET = "fdl_0123456789012345678901234567890123456789012";

    private final TokensFile file = new TokensFile(Path.of("tokens.yaml"));

    @Test
    void shouldReadEveryKey() {
        assertThat(file.tokens("""
                        tokens:
                          - name: nightly-export
                            sha256: %s
                            roles: [READER]
                          - name: '007'
                            sha256: %s
                            roles: [OPERATOR, AUDITOR]
                            sources: [billing, "claims / old"]
                            expires: 2027-01-31T13:00:00+01:00
                        """.formatted(HASH, "B".repeat(64))))
                .containsExactly(
                        new IssuedToken(
                                "nightly-export", HASH, Set.of(Role.READER), Optional.empty(), Optional.empty()),
                        new IssuedToken(
                                "007",
                                "b".repeat(64),
                                Set.of(Role.OPERATOR, Role.AUDITOR),
                                Optional.of(Set.of("billing", "claims / old")),
                                Optional.of(Instant.parse("2027-01-31T12:00:00Z"))));
    }

    @Test
    void shouldReadTheExampleOfTheDocumentation() {
        String example =
                new Page(Path.of("docs/access.md")).code("text").findFirst().orElseThrow();
        assertThat(file.tokens(example)).singleElement().satisfies(token -> {
            assertThat(token.name()).isEqualTo("nightly-export");
            assertThat(token.sources()).contains(Set.of("billing"));
            assertThat(token.expires()).isPresent();
        });
    }

    @Test
    void shouldReadThatAllTokensAreRevoked() {
        assertThat(file.tokens("tokens: []\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "''                       | is empty, expected the key tokens; to revoke all tokens, write tokens: []",
                "# nothing                | is empty, expected the key tokens; to revoke all tokens, write tokens: []",
                "tokens:                  | line 1: tokens is without a value, expected a list",
                "tokens: {a: b}           | line 1: tokens is a mapping, expected a list",
                "[]                       | line 1: the document is a list, expected a mapping of keys to values",
                "token: []                | line 1: the document needs a key 'tokens'",
                "'{tokens: [], other: 1}' | line 1: unknown key 'other' in the document, known are tokens",
                "'{tokens: [a]}'          | line 1: tokens[0] is a single value, expected a mapping of keys to values",
                "'{tokens: ['             | is not valid YAML",
            })
    void shouldNameWhatIsWrongWithTheFile(String text, String problem) {
        assertThat(problems(text)).contains("tokens.yaml").contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sha256: H, roles: [READER]                     | tokens[0] needs a key 'name'",
                "name: a, roles: [READER]                       | tokens[0] needs a key 'sha256'",
                "name: a, sha256: H                             | tokens[0] needs a key 'roles'",
                "name: a, sha256: H, roles: [READER], role: b   | unknown key 'role' in tokens[0], known are expires, name, roles, sha256, sources",
                "name: a, sha256: H, roles: [READER], roles: [] | tokens[0].roles is there twice",
                "name: 'a b', sha256: H, roles: [READER]        | tokens[0].name is not as it must be, expected a name of letters",
                "name: '', sha256: H, roles: [READER]           | tokens[0].name is not as it must be, expected a name of letters",
                "name: a, sha256: abc, roles: [READER]          | tokens[0].sha256 is not as it must be, expected the 64 hexadecimal digits",
                "name: a, sha256: Hb, roles: [READER]           | tokens[0].sha256 is not as it must be, expected the 64 hexadecimal digits",
                "name: a, sha256: [H], roles: [READER]          | tokens[0].sha256 is a list, expected a single value",
                "name: a, sha256: H, roles: READER              | tokens[0].roles is a single value, expected a list",
                "name: a, sha256: H, roles: []                  | tokens[0].roles is empty, expected one or more of READER, OPERATOR, AUDITOR, INTAKE",
                "name: a, sha256: H, roles: [READER, ADMIN]     | tokens[0].roles[1] is not as it must be, expected one or more of READER",
                "name: a, sha256: H, roles: [reader]            | tokens[0].roles[0] is not as it must be, expected one or more of READER",
                "name: a, sha256: H, roles: [READER], sources: []       | tokens[0].sources is empty, expected names of sources, or no such key",
                "name: a, sha256: H, roles: [READER], sources: billing  | tokens[0].sources is a single value, expected a list",
                "name: a, sha256: H, roles: [READER], sources: ['']     | tokens[0].sources[0] is not as it must be, expected names of sources",
                "name: a, sha256: H, roles: [READER], sources: [\"a\\nb\"] | tokens[0].sources[0] is not as it must be, expected names of sources",
                "name: a, sha256: H, roles: [READER], expires: never    | tokens[0].expires is not as it must be, expected a time such as 2027-01-31T12:00:00Z",
                "name: a, sha256: H, roles: [READER], expires: 2027-01-31 | tokens[0].expires is not as it must be, expected a time such as",
                "name: a, sha256: H, roles: [READER], expires: 2027-01-31T12:00:00 | tokens[0].expires is not as it must be, expected a time such as",
                "name: a, sha256: H, roles: [READER], expires:          | tokens[0].expires is without a value, expected a single value",
                "name: S, sha256: H, roles: [READER]            | tokens[0].name holds a token itself, expected a name of letters",
                "name: a, sha256: S, roles: [READER]            | tokens[0].sha256 holds a token itself, expected the 64 hexadecimal digits",
                "name: a, sha256: H, roles: [S]                 | tokens[0].roles[0] holds a token itself",
            })
    void shouldNameWhatIsWrongWithAnEntryAndShowNoSecret(String entry, String problem) {
        String text = "tokens:\n  - {"
                + entry.replace("H", HASH).replace("S,", SECRET + ",").replace("[S]", "[" + SECRET + "]") + "}\n";
        assertThat(problems(text)).contains("line 2: " + problem).doesNotContain(SECRET, HASH);
    }

    @Test
    void shouldRefuseTwoTokensWithOneNameOrOneHash() {
        String problems = problems("""
                tokens:
                  - {name: a, sha256: %1$s, roles: [READER]}
                  - {name: a, sha256: %2$s, roles: [READER]}
                  - {name: b, sha256: %1$s, roles: [READER]}
                """.formatted(HASH, "b".repeat(64)));
        assertThat(problems)
                .contains("line 3: tokens[1].name is that of line 2, too; it must be unique")
                .contains("line 4: tokens[2].sha256 is that of line 2, too; it must be unique");
    }

    @Test
    void shouldNameTheSettingWhenThereIsNoFile(@TempDir Path directory) {
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class, () -> new TokensFile(directory.resolve("none.yaml")).text());
        assertThat(refused)
                .hasMessageContaining("does not exist, expected a YAML file with tokens; see console.tokensFile");
    }

    private String problems(String text) {
        return catchThrowableOfType(ConfigurationException.class, () -> file.tokens(text))
                .getMessage();
    }
}
