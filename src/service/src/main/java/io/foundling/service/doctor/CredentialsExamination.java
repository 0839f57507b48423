package io.foundling.service.doctor;

import io.foundling.console.access.oidc.PublishedKeys;
import io.foundling.console.access.token.IssuedToken;
import io.foundling.service.access.ConsoleAccess;
import io.foundling.service.access.CookieKeyFile;
import io.foundling.service.access.TokensFile;
import io.foundling.service.config.AccessSettings;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.config.ConsoleSettings;
import io.foundling.service.config.IssuerSettings;
import io.foundling.service.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Examines by what the console or the intake knows its callers: the file of tokens, the keys of the issuer of JWTs,
 * and, for the console alone, the key of cookies. It asks the issuer as the process does, and shows nothing of what a
 * file holds.
 */
final class CredentialsExamination implements Examination {

    private static final Duration SOON = Duration.ofDays(7);
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private final ConsoleSettings console;
    private final AccessSettings access;
    private final boolean hasPages;
    private final InstantSource clock;

    private CredentialsExamination(ConsoleSettings console, boolean hasPages, InstantSource clock) {
        this.console = console;
        this.hasPages = hasPages;
        access = console.access();
        this.clock = clock;
    }

    static CredentialsExamination ofConsole(ConsoleSettings console, InstantSource clock) {
        return new CredentialsExamination(console, true, clock);
    }

    /** Makes the examination of a process without pages, which may lack the file with the key of cookies. */
    static CredentialsExamination ofIntake(ConsoleSettings console, InstantSource clock) {
        return new CredentialsExamination(console, false, clock);
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        access.tokens().ifPresent(file -> findings.addAll(tokens(file)));
        access.issuer().ifPresent(issuer -> findings.add(issuer(issuer)));
        if (hasPages) {
            findings.addAll(cookieKey());
        }
        if (!access.needsCredentials()) {
            findings.add(Finding.ok("console.host is " + console.address().host()
                    + ", which only this machine reaches, so " + (hasPages ? "the console" : "the intake")
                    + " asks for no credentials"));
        }
        return findings;
    }

    private List<Finding> tokens(Path path) {
        TokensFile file = new TokensFile(path);
        String name = "console.tokensFile " + path;
        if (!file.isRegular()) {
            return List.of(irregular(name));
        }
        try {
            return tokens(name, file.tokens());
        } catch (ConfigurationException unusable) {
            return unusable.problems().stream()
                    .map(problem -> Finding.error(name + ": " + problem))
                    .toList();
        }
    }

    private List<Finding> tokens(String name, List<IssuedToken> tokens) {
        Instant now = clock.instant();
        List<Finding> findings = new ArrayList<>();
        long accepted = tokens.stream().filter(token -> !isOver(token, now)).count();
        findings.add(
                accepted == 0
                        ? Finding.warning(
                                name + ": no token in it is accepted; add the entry that 'foundling token new' prints")
                        : Finding.ok(
                                name + ": " + accepted + (accepted == 1 ? " token is" : " tokens are") + " accepted"));
        for (IssuedToken token : tokens) {
            if (isOver(token, now)) {
                findings.add(Finding.warning(name + ": the token '" + token.name() + "' expired at "
                        + token.expires().orElseThrow()
                        + "; remove its entry, or put that of a new token in its place"));
            } else if (isOver(token, now.plus(SOON))) {
                findings.add(Finding.warning(name + ": the token '" + token.name() + "' expires at "
                        + token.expires().orElseThrow() + "; make a new one with 'foundling token new' before"));
            }
        }
        return findings;
    }

    private static boolean isOver(IssuedToken token, Instant at) {
        return token.expires().filter(end -> !at.isBefore(end)).isPresent();
    }

    private static Finding issuer(IssuerSettings issuer) {
        String name = "console.oidc.issuer " + issuer.issuer();
        try {
            int keys = PublishedKeys.count(ConsoleAccess.oidc(issuer));
            return Finding.ok(
                    name + ": it publishes " + keys + (keys == 1 ? " key" : " keys") + " that can verify signatures");
        } catch (ConfigurationException unusable) {
            return Finding.error(String.join("; ", unusable.problems()));
        } catch (IOException failed) {
            String why = failed.getMessage();
            return Finding.error(name + ": the keys cannot be read, so no JWT is accepted: " + why
                    + (why.contains("console.oidc.")
                            ? ""
                            : "; see console.oidc.issuer, and what is between this machine and the issuer"));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Finding.skipped("the examination was interrupted");
        }
    }

    private List<Finding> cookieKey() {
        Optional<Path> file = access.cookieKey();
        if (file.isEmpty()) {
            return access.needsCredentials() && console.database().startsWith(POSTGRESQL)
                    ? List.of(
                            Finding.warning(
                                    "console.cookieKeyFile is unset; if several consoles are behind one address,"
                                            + " people have to sign in at each of them: name a file with the same secret for all"))
                    : List.of();
        }
        String name = "console.cookieKeyFile " + file.get();
        if (Files.exists(file.get()) && !Files.isRegularFile(file.get())) {
            return List.of(irregular(name));
        }
        try {
            new CookieKeyFile(file.get(), clock);
            return List.of(Finding.ok(name + ": it can be used"));
        } catch (ConfigurationException unusable) {
            return unusable.problems().stream().map(Finding::error).toList();
        }
    }

    private static Finding irregular(String name) {
        return Finding.skipped(name + " is no regular file, so the console reads it once, at its start");
    }
}
