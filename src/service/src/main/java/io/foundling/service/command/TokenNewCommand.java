package io.foundling.service.command;

import io.foundling.console.access.Role;
import io.foundling.console.access.token.IssuedToken;
import io.foundling.console.access.token.TokenSecret;
import io.foundling.service.access.TokensFile;
import io.foundling.service.config.ConfigurationException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foundling token new}. */
@Command(
        name = "new",
        description =
                "Prints a new token, and then the entry for the file that console.tokensFile names. The token is in"
                        + " the first line and is kept nowhere; the entry has only its hash.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  foundling token new nightly-export --role READER --source billing",
            "  foundling token new ann --role OPERATOR --role AUDITOR --expires-in 90d",
        })
final class TokenNewCommand implements Callable<Integer> {

    private final InstantSource clock = InstantSource.system();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Whose it is; logs and the trail of acts show it as token:NAME.")
    private String name;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "One of ${COMPLETION-CANDIDATES}; may be repeated. Default: READER.")
    private Set<Role> roles = EnumSet.of(Role.READER);

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description = "A source whose records its bearer may see, or report; may be repeated. Default: all.")
    private Set<String> sources = new LinkedHashSet<>();

    @Option(
            names = "--expires-in",
            paramLabel = "DURATION",
            description = "How long it is accepted, such as 90d. Default: until it is removed from the file.")
    private Duration lifetime;

    @Override
    public Integer call() {
        TokenSecret secret = TokenSecret.random(new SecureRandom());
        String entry = entry(secret);
        check(entry);
        PrintWriter out = spec.commandLine().getOut();
        out.println(secret.text());
        out.print(entry);
        out.flush();
        return ExitCode.OK;
    }

    private String entry(TokenSecret secret) {
        StringBuilder entry = new StringBuilder("  - name: " + quoted(name) + "\n    sha256: " + secret.sha256()
                + "\n    roles: [" + roles.stream().map(Role::name).collect(Collectors.joining(", ")) + "]\n");
        if (!sources.isEmpty()) {
            entry.append("    sources: [")
                    .append(sources.stream().map(TokenNewCommand::quoted).collect(Collectors.joining(", ")))
                    .append("]\n");
        }
        if (lifetime != null) {
            Instant end = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
            entry.append("    expires: ").append(end).append('\n');
        }
        return entry.toString();
    }

    /** A name may be a number or a word that YAML takes for something else. */
    private static String quoted(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** What the console would refuse, or read as something else, is not printed. */
    private void check(String entry) {
        try {
            IssuedToken read = new TokensFile(Path.of("the entry"))
                    .tokens("tokens:\n" + entry)
                    .get(0);
            if (read.name().equals(name) && read.sources().orElse(Set.of()).equals(sources)) {
                return;
            }
        } catch (ConfigurationException refused) {
            throw unusable(String.join("; ", refused.problems()));
        }
        throw unusable("the name and each source must be one line");
    }

    private ParameterException unusable(String why) {
        return new ParameterException(spec.commandLine(), "no token is made: " + why);
    }
}
