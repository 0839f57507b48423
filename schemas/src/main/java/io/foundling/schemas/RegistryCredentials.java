package io.foundling.schemas;

import io.foundling.schemas.registry.RegistryAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

/**
 * Reads the credentials for the registry from Confluent's keys. Contradicting settings are rejected, never resolved by
 * a guess.
 */
final class RegistryCredentials {

    static final String URL = "URL";
    private static final String USER_INFO = "USER_INFO";
    private static final String SASL_INHERIT = "SASL_INHERIT";
    private static final String STATIC_TOKEN = "STATIC_TOKEN";

    /** The characters that an HTTP header allows; a token from a file often ends with a line break. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final String setting;
    private final Function<URI, Optional<String>> authorization;
    private final boolean fromAddress;

    private RegistryCredentials(String setting, boolean fromAddress, Function<URI, Optional<String>> authorization) {
        this.setting = setting;
        this.fromAddress = fromAddress;
        this.authorization = authorization;
    }

    /**
     * @throws ConfigException if the settings contradict each other or need something that this client does not support
     */
    static RegistryCredentials of(AvroConfig config) {
        String basic = text(config, AvroConfig.BASIC_AUTH_SOURCE);
        String bearer = text(config, AvroConfig.BEARER_AUTH_SOURCE);
        String userInfo = secret(config, AvroConfig.BASIC_AUTH_USER_INFO);
        String token = secret(config, AvroConfig.BEARER_AUTH_TOKEN);
        boolean isBearer = !bearer.isEmpty() || basic.isEmpty() && !token.isEmpty();
        if (!basic.isEmpty() && !bearer.isEmpty()) {
            throw wrong(
                    AvroConfig.BASIC_AUTH_SOURCE,
                    "is " + basic + " and '" + AvroConfig.BEARER_AUTH_SOURCE + "' is " + bearer
                            + ", expected only one of them");
        }
        if (!userInfo.isEmpty() && !basic.equals(USER_INFO)) {
            throw wrong(
                    AvroConfig.BASIC_AUTH_USER_INFO,
                    "is set, so '" + AvroConfig.BASIC_AUTH_SOURCE + "' is expected to be USER_INFO, not "
                            + (basic.isEmpty() ? "left out" : basic));
        }
        if (!token.isEmpty() && !isBearer) {
            throw wrong(
                    AvroConfig.BEARER_AUTH_TOKEN,
                    "is set, so '" + AvroConfig.BASIC_AUTH_SOURCE + "' is expected to be left out, not " + basic);
        }
        return isBearer ? bearer(bearer, token) : basic(config, basic, userInfo);
    }

    /** @throws ConfigException if the address has credentials although the settings name another source */
    RegistryAddress address(URI url) {
        if (!fromAddress && url.getRawUserInfo() != null) {
            throw wrong(
                    AvroConfig.REGISTRY_URL,
                    "holds credentials and " + setting + " does too, expected only one of them");
        }
        URI bare = URI.create(url.toString().replaceFirst("//[^/?#]*@", "//"));
        return new RegistryAddress(bare, authorization.apply(url), setting);
    }

    private static RegistryCredentials basic(AvroConfig config, String source, String userInfo) {
        switch (source) {
            case "", URL -> {
                return new RegistryCredentials(
                        source.isEmpty()
                                ? AvroConfig.BASIC_AUTH_SOURCE + " and " + AvroConfig.REGISTRY_URL
                                : AvroConfig.REGISTRY_URL,
                        true,
                        url -> Optional.ofNullable(url.getUserInfo()).map(RegistryCredentials::basicHeader));
            }
            case USER_INFO -> {
                if (!userInfo.contains(":")) {
                    throw wrong(
                            AvroConfig.BASIC_AUTH_USER_INFO,
                            (userInfo.isEmpty() ? "is missing" : "has no colon") + ", expected user:password since '"
                                    + AvroConfig.BASIC_AUTH_SOURCE + "' is USER_INFO");
                }
                return fixed(AvroConfig.BASIC_AUTH_USER_INFO, basicHeader(userInfo));
            }
            case SASL_INHERIT -> {
                return fixed(SaslConfigs.SASL_JAAS_CONFIG, basicHeader(inherited(config)));
            }
            default ->
                throw wrong(AvroConfig.BASIC_AUTH_SOURCE, "is " + source + ", expected URL, USER_INFO or SASL_INHERIT");
        }
    }

    private static RegistryCredentials bearer(String source, String token) {
        if (!source.isEmpty() && !source.equals(STATIC_TOKEN)) {
            throw wrong(
                    AvroConfig.BEARER_AUTH_SOURCE,
                    "is " + source + ", expected STATIC_TOKEN: this client fetches no"
                            + " tokens and takes no providers; Confluent's serdes do, see " + AvroConfig.SERDE_CLASS
                            + " and "
                            + AvroConfig.SERIALIZER_CLASS);
        }
        if (!TOKEN.matcher(token).matches()) {
            throw wrong(
                    AvroConfig.BEARER_AUTH_TOKEN,
                    token.isEmpty()
                            ? "is missing, expected since '" + AvroConfig.BEARER_AUTH_SOURCE + "' is STATIC_TOKEN"
                            : "holds a space, a line break or another character that no token has");
        }
        return fixed(AvroConfig.BEARER_AUTH_TOKEN, "Bearer " + token);
    }

    private static RegistryCredentials fixed(String setting, String header) {
        return new RegistryCredentials(setting, false, url -> Optional.of(header));
    }

    /** Returns the credentials of the Kafka client, read by Kafka's own code. */
    private static String inherited(AvroConfig config) {
        Map<String, Object> settings = new HashMap<>();
        Object jaas = config.originals().get(SaslConfigs.SASL_JAAS_CONFIG);
        if (jaas != null) {
            settings.put(SaslConfigs.SASL_JAAS_CONFIG, jaas instanceof Password ? jaas : new Password(jaas.toString()));
        }
        try {
            Map<String, ?> options = JaasContext.loadClientContext(settings)
                    .configurationEntries()
                    .get(0)
                    .getOptions();
            if (options.get("username") != null && options.get("password") != null) {
                return options.get("username") + ":" + options.get("password");
            }
        } catch (IllegalArgumentException | SecurityException unusable) {
            // The exception below reports it without this message, which may quote a part of a password.
        }
        throw wrong(
                AvroConfig.BASIC_AUTH_SOURCE,
                "is SASL_INHERIT, but " + SaslConfigs.SASL_JAAS_CONFIG
                        + (jaas == null ? " is missing" : " names no username and password")
                        + ", expected a login module with both");
    }

    private static String basicHeader(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(AvroConfig config, String key) {
        return one(key, List.of(given(config, key), given(config, AvroConfig.REGISTRY_PREFIX + key)));
    }

    /** Whether the setting was given; a default contradicts nothing. */
    private static String given(AvroConfig config, String key) {
        Object given = config.originals().get(key);
        return given == null ? "" : given.toString().strip();
    }

    private static String secret(AvroConfig config, String key) {
        return one(key, List.of(hidden(config, key), hidden(config, AvroConfig.REGISTRY_PREFIX + key)));
    }

    private static String hidden(AvroConfig config, String key) {
        Password given = config.getPassword(key);
        return given == null ? "" : given.value();
    }

    private static String one(String key, List<String> found) {
        if (found.get(0).isEmpty() || found.get(1).isEmpty() || found.get(0).equals(found.get(1))) {
            return found.get(0).isEmpty() ? found.get(1) : found.get(0);
        }
        throw wrong(key, "and '" + AvroConfig.REGISTRY_PREFIX + key + "' differ, expected only one of them");
    }

    private static ConfigException wrong(String key, String sentence) {
        return new ConfigException("'" + key + "' " + sentence);
    }
}
