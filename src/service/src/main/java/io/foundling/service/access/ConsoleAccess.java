package io.foundling.service.access;

import io.foundling.console.access.Access;
import io.foundling.console.access.AccessListener;
import io.foundling.console.access.CredentialAccess;
import io.foundling.console.access.Role;
import io.foundling.console.access.Verifier;
import io.foundling.console.access.oidc.OidcSettings;
import io.foundling.console.access.oidc.OidcVerifier;
import io.foundling.console.access.token.TokenVerifier;
import io.foundling.console.delivery.SteadyClock;
import io.foundling.console.delivery.http.PemTls;
import io.foundling.console.pages.SessionKey;
import io.foundling.console.web.CallLimit;
import io.foundling.console.web.CallLimits;
import io.foundling.console.web.Callers;
import io.foundling.service.config.AccessSettings;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.config.IssuerSettings;
import io.foundling.topology.yaml.TextFile;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;

/** The access of the configuration, with the thread that watches the file of tokens. Closing it ends that thread. */
public final class ConsoleAccess implements AutoCloseable {

    private static final String CONFIGURATION = "the configuration of console";

    private final Optional<TokenWatch> tokens;
    private final Optional<OidcVerifier> issuer;
    private final SteadyClock steady;
    private final Callers callers;
    private final Supplier<SessionKey> cookieKey;

    /**
     * Reads the files that are configured, and begins to read the keys of the issuer. Waits for nothing on the network.
     *
     * @param clock of the wall, which may be set back: credentials have times of that kind
     * @throws ConfigurationException if a file cannot be used
     */
    public ConsoleAccess(AccessSettings settings, InstantSource clock, AccessListener listener) {
        issuer = settings.issuer().map(each -> new OidcVerifier(oidc(each), clock));
        tokens = settings.tokens().map(file -> new TokenWatch(new TokensFile(file)));
        List<Verifier> verifiers = new ArrayList<>();
        tokens.ifPresent(watch -> verifiers.add(new TokenVerifier(watch, clock)));
        issuer.ifPresent(verifiers::add);
        Access access = verifiers.isEmpty() ? Access.local() : new CredentialAccess(verifiers, clock, listener);
        steady = new SteadyClock(clock);
        callers = new Callers(
                access,
                new CallLimits(new CallLimit("console.requestsPerMinute", settings.requestsPerMinute(), steady)));
        cookieKey = settings.cookieKey()
                .<Supplier<SessionKey>>map(file -> new CookieKeyFile(file, steady))
                .orElseGet(ConsoleAccess::ownKey);
        tokens.ifPresent(TokenWatch::start);
        issuer.ifPresent(OidcVerifier::start);
    }

    /** Returns what knows callers. */
    public Access access() {
        return callers.access();
    }

    /** Returns what knows callers, and how often each may call. */
    public Callers callers() {
        return callers;
    }

    /**
     * Returns the same callers, whose requests with events count against a limit of their own.
     *
     * @param perMinute 0: no limit
     */
    public Callers callersOfIntake(int perMinute) {
        CallLimit limit = new CallLimit("intake.requestsPerMinute", perMinute, steady);
        return new Callers(callers.access(), callers.limits().with(Role.INTAKE, limit));
    }

    /** Returns the key of cookies: that of the file, or one of this process. */
    public Supplier<SessionKey> cookieKey() {
        return cookieKey;
    }

    private static Supplier<SessionKey> ownKey() {
        SessionKey own = SessionKey.random();
        return () -> own;
    }

    /**
     * Returns how the JWTs of an issuer are verified.
     *
     * @throws ConfigurationException if the file with its authority cannot be used
     */
    public static OidcSettings oidc(IssuerSettings settings) {
        return new OidcSettings(
                settings.issuer(),
                settings.audience(),
                settings.jwksUrl().map(URI::create),
                settings.authority().map(ConsoleAccess::trusting),
                settings.claims());
    }

    private static SSLContext trusting(Path authority) {
        try {
            return PemTls.of(Optional.of(TextFile.read(authority)), Optional.empty());
        } catch (FileSystemException unreadable) {
            throw refused("console.oidc.caFile is " + authority + ", which " + unreadable.getReason());
        } catch (KafkaException noCertificates) {
            throw refused("console.oidc.caFile is " + authority + ", expected certificates as PEM");
        }
    }

    private static ConfigurationException refused(String problem) {
        return new ConfigurationException(CONFIGURATION, List.of(problem));
    }

    @Override
    public void close() {
        tokens.ifPresent(TokenWatch::close);
    }
}
