package io.foundling.console.access.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes a caller of the claims of a verified JWT. A claim that is missing grants nothing. */
final class ClaimedCaller {

    /** The value with which a caller may see all sources. */
    static final String ALL_SOURCES = "*";

    /** One line, without characters that are not seen or change the direction of others. */
    private static final Pattern NAME = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,200}");

    private final OidcSettings.Claims names;

    ClaimedCaller(OidcSettings.Claims names) {
        this.names = names;
    }

    /** @throws AccessDeniedException if the claims name no caller, or grant nothing */
    Caller of(JWTClaimsSet set) {
        Map<String, Object> claims = set.getClaims();
        return new Caller(name(claims), roles(claims), sources(claims));
    }

    private String name(Map<String, Object> claims) {
        return value(claims, names.name())
                .map(String::valueOf)
                .filter(name -> NAME.matcher(name).matches() && !name.isBlank() && !isOfOthers(name))
                .orElseThrow(() -> new AccessDeniedException(
                        Reason.MALFORMED,
                        "the JWT has no usable name in the claim " + names.name()
                                + " (console.oidc.nameClaim), expected"
                                + " one line of 1 to 200 characters that does not begin with " + Caller.TOKEN));
    }

    private static boolean isOfOthers(String name) {
        return name.startsWith(Caller.TOKEN) || name.equals(Caller.LOCAL.name());
    }

    private Set<Role> roles(Map<String, Object> claims) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String each : texts(claims, names.roles())) {
            roles.addAll(names.granted().getOrDefault(each, Set.of()));
        }
        if (roles.isEmpty()) {
            throw new AccessDeniedException(
                    Reason.GRANTS_NOTHING,
                    "the JWT grants nothing: no value of its claim " + names.roles()
                            + " (console.oidc.rolesClaim) is among console.oidc.roles");
        }
        return roles;
    }

    private Optional<Set<String>> sources(Map<String, Object> claims) {
        if (names.sources().isEmpty()) {
            return Optional.empty();
        }
        List<String> sources = texts(claims, names.sources().get());
        return sources.contains(ALL_SOURCES) ? Optional.empty() : Optional.of(Set.copyOf(sources));
    }

    /** A claim may be a list of texts, or, as scope is, one text of words. */
    private static List<String> texts(Map<String, Object> claims, String path) {
        Object found = value(claims, path).orElse("");
        if (found instanceof Collection<?> list) {
            return list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return found instanceof String text ? Arrays.asList(text.strip().split("\\s+")) : List.of();
    }

    /**
     * The names of some claims are URLs, with dots, so a claim of the whole name comes before one that a path leads to.
     */
    private static Optional<Object> value(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        int dot = path.indexOf('.');
        if (whole == null && dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
            return value(inner, path.substring(dot + 1));
        }
        return Optional.ofNullable(whole);
    }
}
