package io.foundling.console.access.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token itself: {@code fdl_} and 256 random bits. The prefix is there for programs that look for secrets in code and
 * logs, and to know a token from a JWT. A credential of another form is no token, whatever hash is configured: so
 * nobody's password is one.
 *
 * <p>Its hash is plain SHA-256. Slow and salted hashes (bcrypt, Argon2) make it costly to guess what people invent. 256
 * random bits cannot be guessed at any speed, and each call needs the hash, so a slow one would only help whoever
 * floods the server.
 *
 * @param text the secret
 */
public record TokenSecret(String text) {

    public static final String PREFIX = "fdl_";

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    public TokenSecret {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("no token, expected " + PREFIX + " and 43 characters of Base64url");
        }
    }

    /** Returns a new one. */
    public static TokenSecret random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new TokenSecret(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Returns the token that a credential is, if it has the form of one. */
    static Optional<TokenSecret> of(String credential) {
        return FORM.matcher(credential).matches() ? Optional.of(new TokenSecret(credential)) : Optional.empty();
    }

    /** Returns the hash of the text, as 64 hexadecimal digits in lower case. */
    public String sha256() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("each Java has SHA-256", impossible);
        }
    }

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "token";
    }
}
