package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.access.token.IssuedToken;
import io.foundling.console.access.token.TokenVerifier;
import io.foundling.service.access.TokensFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code foundling token new} prints, and that the console accepts it. */
class TokenNewCommandTest {

    @Test
    void shouldPrintATokenThatTheEntryAfterItLetsIn() {
        // When
        CommandRun run = CommandRun.of("token", "new", "nightly");

        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(caller(run)).isEqualTo(new Caller("token:nightly", Set.of(Role.READER), Optional.empty()));
        assertThat(entry(run)).doesNotContain(secret(run).substring(4));
    }

    @Test
    void shouldPrintRolesSourcesAndTheEnd() {
        // When
        Instant before = Instant.now();
        CommandRun run = CommandRun.of(
                "token",
                "new",
                "1",
                "--role",
                "operator",
                "--role",
                "AUDITOR",
                "--source",
                "it's: #1",
                "--source",
                "billing",
                "--expires-in",
                "90d");

        // Then
        assertThat(caller(run))
                .isEqualTo(new Caller(
                        "token:1", Set.of(Role.OPERATOR, Role.AUDITOR), Optional.of(Set.of("it's: #1", "billing"))));
        assertThat(issued(run).get(0).expires().orElseThrow())
                .isBetween(
                        before.plus(Duration.ofDays(90)).minusSeconds(1),
                        before.plus(Duration.ofDays(90)).plusSeconds(60));
    }

    @Test
    void shouldPrintAnotherTokenEachTime() {
        assertThat(secret(CommandRun.of("token", "new", "a"))).isNotEqualTo(secret(CommandRun.of("token", "new", "a")));
    }

    @Test
    void shouldMakeNoTokenThatTheConsoleWouldRefuse() {
        for (CommandRun run : List.of(
                CommandRun.of("token", "new"),
                CommandRun.of("token", "new", "a b"),
                CommandRun.of("token", "new", "a", "--role", "ADMIN"),
                CommandRun.of("token", "new", "a", "--source", ""),
                CommandRun.of("token", "new", "a", "--source", "b\nc"),
                CommandRun.of("token", "new", "a", "--expires-in", "soon"),
                CommandRun.of("token"))) {
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).isNotEmpty().doesNotContain("fdl_");
        }
    }

    private static String secret(CommandRun run) {
        return run.out().lines().findFirst().orElseThrow();
    }

    private static String entry(CommandRun run) {
        return run.out().substring(run.out().indexOf('\n') + 1);
    }

    private static List<IssuedToken> issued(CommandRun run) {
        return new TokensFile(Path.of("tokens.yaml")).tokens("tokens:\n" + entry(run));
    }

    private static Caller caller(CommandRun run) {
        return new TokenVerifier(() -> issued(run), InstantSource.system()).callerOf(secret(run));
    }
}
