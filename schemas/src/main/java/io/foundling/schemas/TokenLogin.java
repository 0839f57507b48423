package io.foundling.schemas;

import io.foundling.schemas.failure.Causes;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * The login of Kafka's clients with a token (OAUTHBEARER): how long the token endpoint may take, and what a failure
 * means. Kafka's own messages name neither the endpoint nor the setting. Pure functions.
 */
public final class TokenLogin {

    /** Kafka 4 asks only those endpoints for tokens that this system property lists. */
    public static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private static final String OAUTHBEARER = "OAUTHBEARER";
    private static final String CAUSED_BY = "Caused by: ";
    private static final String LIMIT_MS = "10000";

    /**
     * No connection, or another answer of the endpoint than a token, in what Java's login makes of it: the stack trace
     * as its message. Kafka before 4.1 says the last sentence instead.
     */
    private static final Pattern NO_TOKEN =
            Pattern.compile("(?:java\\.net\\.|javax\\.net\\.ssl\\.)\\w+Exception|java\\.io\\.IOException: "
                    + "|JwtRetrieverException: (?:The token endpoint|com\\.fasterxml\\.)"
                    + "|An internal error occurred while retrieving token from callback handler");

    private TokenLogin() {}

    /**
     * Returns the limits of a login with a token; empty for any other login. Without them Kafka waits for ever for an
     * endpoint that accepts a connection and does not answer.
     */
    public static Map<String, String> limits(Map<String, ?> kafka) {
        return isUsedBy(kafka)
                ? Map.of(
                        SaslConfigs.SASL_LOGIN_CONNECT_TIMEOUT_MS, LIMIT_MS,
                        SaslConfigs.SASL_LOGIN_READ_TIMEOUT_MS, LIMIT_MS)
                : Map.of();
    }

    /**
     * Returns what is wrong if a client could not be made because the endpoint gave no token; empty otherwise, also for
     * any other fault of the login: a module that does not exist, or a handler that asks no endpoint.
     */
    public static Optional<String> missingToken(Map<String, ?> kafka, Throwable failure) {
        boolean failed = isUsedBy(kafka)
                && hasEndpoint(kafka)
                && Causes.find(failure, ConfigException.class).isEmpty()
                && Causes.find(failure, LoginException.class)
                        .filter(login -> NO_TOKEN.matcher(login.toString()).find())
                        .isPresent();
        return failed
                ? Optional.of("no token from " + endpoint(kafka) + ": "
                        + reason(failure) + "; is it running, and are "
                        + SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL
                        + " and the client's id and secret right?")
                : Optional.empty();
    }

    /** Returns what to do if a client could not be made because Kafka must not ask the endpoint; empty otherwise. */
    public static Optional<String> forbiddenEndpoint(Map<String, ?> kafka, Throwable failure) {
        boolean forbidden = Causes.find(failure, ConfigException.class)
                .filter(refused -> String.valueOf(refused.getMessage()).contains(ALLOWED_URLS))
                .isPresent();
        return forbidden
                ? Optional.of("Kafka may not ask " + endpoint(kafka) + " for a token: start the JVM with -D"
                        + ALLOWED_URLS + "=" + endpoint(kafka))
                : Optional.empty();
    }

    /** Java's login puts the stack trace of what it does not know into its message; the last cause says the most. */
    private static String reason(Throwable failure) {
        String[] lines = Causes.deepest(failure).toString().split("\\R");
        return Arrays.stream(lines)
                .filter(line -> line.startsWith(CAUSED_BY))
                .reduce((earlier, last) -> last)
                .map(line -> line.substring(CAUSED_BY.length()))
                .orElse(lines[0]);
    }

    private static boolean isUsedBy(Map<String, ?> kafka) {
        return OAUTHBEARER.equals(String.valueOf(kafka.get(SaslConfigs.SASL_MECHANISM)));
    }

    private static boolean hasEndpoint(Map<String, ?> kafka) {
        return endpoint(kafka) != null && !endpoint(kafka).toString().isBlank();
    }

    private static Object endpoint(Map<String, ?> kafka) {
        return kafka.get(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL);
    }
}
