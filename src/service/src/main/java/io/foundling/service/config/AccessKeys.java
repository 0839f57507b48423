package io.foundling.service.config;

import static io.foundling.service.config.ConfigKeys.key;
import static io.foundling.service.config.ConfigKeys.optional;

import java.nio.file.Path;
import java.util.List;

/** The keys of {@code console} that say who may call, and what readers are shown. */
final class AccessKeys {

    static final ConfigKey<Path> TOKENS_FILE = optional(
            "console.tokensFile",
            ValueType.file(),
            "YAML file with the hashes of tokens that are accepted; read again when it changes");
    static final ConfigKey<String> OIDC_ISSUER = optional(
            "console.oidc.issuer",
            ValueType.safeUrl(),
            "issuer of OpenID Connect whose JWTs are accepted, exactly as in their claim iss");
    static final ConfigKey<String> OIDC_AUDIENCE = optional(
            "console.oidc.audience", ValueType.text(), "what the claim aud of a JWT must have; needed with an issuer");
    static final ConfigKey<String> OIDC_JWKS_URL = optional(
            "console.oidc.jwksUrl",
            ValueType.safeUrl(),
            "where the issuer's keys are; unset: its discovery document says so");
    static final ConfigKey<Path> OIDC_CA_FILE = optional(
            "console.oidc.caFile",
            ValueType.file(),
            "PEM file with the certificates that are trusted for the issuer, instead of those that Java trusts; for a"
                    + " private authority");
    static final ConfigKey<String> OIDC_NAME_CLAIM = key(
            "console.oidc.nameClaim",
            ValueType.text(),
            "sub",
            "claim with the caller's name, which logs and the trail show; one that users cannot change, and that is"
                    + " unique");
    static final ConfigKey<String> OIDC_ROLES_CLAIM = key(
            "console.oidc.rolesClaim",
            ValueType.text(),
            "roles",
            "claim with the values that grant roles: a list, or a text of words; a.b is the claim b in the claim a");
    static final ConfigKey<String> OIDC_SOURCES_CLAIM = optional(
            "console.oidc.sourcesClaim",
            ValueType.text(),
            "claim with the sources that a caller may see, or * for all; a JWT without it may see none; unset: every"
                    + " caller may see all");
    static final ConfigKey<String> OIDC_ROLES = optional(
            "console.oidc.roles.*",
            ValueType.text(),
            "one or more of READER, OPERATOR, AUDITOR, INTAKE, separated by commas, for a value of the claim; at least"
                    + " one value is needed with an issuer");
    static final ConfigKey<List<String>> METADATA = optional(
            "console.metadata",
            ValueType.texts(),
            "names of metadata whose values every reader may see; those of other names are shown to auditors only");

    static final ConfigKey<Path> COOKIE_KEY_FILE = optional(
            "console.cookieKeyFile",
            ValueType.file(),
            "file with a secret of at least 32 characters that encrypts cookies of people who are signed in; the same for"
                    + " all consoles behind one address; read again when it changes; unset: each process has its own");
    static final ConfigKey<Integer> REQUESTS_PER_MINUTE = optional(
            "console.requestsPerMinute",
            ValueType.number(0, 1_000_000),
            "how many requests one caller may make in a minute, further ones are answered with 429; 0: no limit; unset: 3000 if"
                    + " credentials are needed, otherwise no limit");

    static final List<ConfigKey<?>> ALL = List.of(
            TOKENS_FILE,
            OIDC_ISSUER,
            OIDC_AUDIENCE,
            OIDC_JWKS_URL,
            OIDC_CA_FILE,
            OIDC_NAME_CLAIM,
            OIDC_ROLES_CLAIM,
            OIDC_SOURCES_CLAIM,
            OIDC_ROLES,
            METADATA,
            COOKIE_KEY_FILE,
            REQUESTS_PER_MINUTE);

    private AccessKeys() {}
}
