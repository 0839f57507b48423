package io.foundling.service.config;

import io.foundling.console.access.Role;
import io.foundling.console.access.oidc.OidcSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads who may call the console. A console that other machines reach is refused without credentials. A name is not
 * looked up for that: what it resolves to may change.
 */
final class AccessReader {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\." + OCTET + "){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?", Pattern.CASE_INSENSITIVE);

    /** Where callers are known by credentials: ten open pages ask less, and a flood is more. */
    private static final int REQUESTS_PER_MINUTE = 3_000;

    private final ConfigValues values;

    AccessReader(ConfigValues values) {
        this.values = values;
    }

    /** Whether only this machine reaches a host. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** @param host on which the console listens */
    AccessSettings read(String host) {
        Optional<Path> tokens = values.found(AccessKeys.TOKENS_FILE);
        boolean hasIssuer = isAnyOfIssuerWritten();
        if (tokens.isEmpty() && !hasIssuer && !isLoopback(host)) {
            values.problem(("console.host is '%s', which other machines may reach, and no credentials are configured;"
                            + " expected console.tokensFile or console.oidc, or a console.host of this machine only:"
                            + " 127.0.0.1, ::1 or localhost")
                    .formatted(host));
        }
        return new AccessSettings(
                tokens,
                hasIssuer ? issuer() : Optional.empty(),
                Set.copyOf(values.found(AccessKeys.METADATA).orElse(List.of())),
                values.found(AccessKeys.COOKIE_KEY_FILE),
                values.found(AccessKeys.REQUESTS_PER_MINUTE)
                        .orElse(tokens.isPresent() || hasIssuer ? REQUESTS_PER_MINUTE : 0));
    }

    private boolean isAnyOfIssuerWritten() {
        return AccessKeys.ALL.stream()
                        .filter(key -> key.path().startsWith("console.oidc.") && !key.isOpen())
                        .anyMatch(values::isWritten)
                || !values.section(AccessKeys.OIDC_ROLES).isEmpty();
    }

    private Optional<IssuerSettings> issuer() {
        Optional<String> issuer = needed(AccessKeys.OIDC_ISSUER);
        Optional<String> audience = needed(AccessKeys.OIDC_AUDIENCE);
        OidcSettings.Claims claims = new OidcSettings.Claims(
                values.value(AccessKeys.OIDC_NAME_CLAIM),
                values.value(AccessKeys.OIDC_ROLES_CLAIM),
                values.found(AccessKeys.OIDC_SOURCES_CLAIM),
                granted());
        Optional<String> jwksUrl = values.found(AccessKeys.OIDC_JWKS_URL);
        Optional<Path> authority = values.found(AccessKeys.OIDC_CA_FILE);
        return issuer.flatMap(from -> audience.map(to -> new IssuerSettings(from, to, jwksUrl, authority, claims)));
    }

    private Optional<String> needed(ConfigKey<String> key) {
        if (!values.isWritten(key)) {
            values.problem(key.path() + " is missing, expected " + key.type().expected()
                    + ", because other keys of console.oidc are there");
        }
        return values.found(key);
    }

    private Map<String, Set<Role>> granted() {
        Map<String, WrittenValue> written = values.section(AccessKeys.OIDC_ROLES);
        if (written.isEmpty()) {
            values.problem("console.oidc.roles is missing, expected a role for at least one value of the claim "
                    + values.value(AccessKeys.OIDC_ROLES_CLAIM) + ": otherwise no JWT grants anything");
        }
        Map<String, Set<Role>> granted = new HashMap<>();
        written.forEach((value, text) -> granted.put(value, roles(value, text)));
        return granted;
    }

    private Set<Role> roles(String value, WrittenValue written) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String each : written.text().split(",", -1)) {
            Optional<Role> role = Arrays.stream(Role.values())
                    .filter(known -> known.name().equals(each.strip()))
                    .findFirst();
            if (role.isEmpty()) {
                values.problem(
                        written.origin(),
                        "console.oidc.roles.%s is '%s', expected one or more of %s, separated by commas"
                                .formatted(
                                        value,
                                        written.text(),
                                        Arrays.toString(Role.values()).replaceAll("[\\[\\]]", "")));
                break;
            }
            roles.add(role.get());
        }
        return roles;
    }
}
