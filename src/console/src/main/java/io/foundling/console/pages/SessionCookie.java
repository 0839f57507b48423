package io.foundling.console.pages;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The cookie of a person who is signed in. It holds the bearer token, encrypted and with an end, so that there are no
 * sessions to keep, to limit or to share between consoles; the token is checked with each request, and one that is
 * taken out of the configuration ends at once. Any thread.
 */
final class SessionCookie {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    /** Browsers keep cookies of at least 4,096 bytes, of which this leaves room for the name and the attributes. */
    private static final int MAX_BYTES = 3_800;

    private final PagesSettings settings;
    private final String name;
    private final Pattern pattern;
    private final SecureRandom random = new SecureRandom();

    SessionCookie(PagesSettings settings) {
        this.settings = settings;
        name = settings.isSecure() ? "__Host-foundling" : "foundling";
        pattern = Pattern.compile("(?:^|;)\\s*" + name + "=([A-Za-z0-9_-]+)");
    }

    /** Returns the value of the header Set-Cookie; none if the token is too long for a cookie. */
    Optional<String> set(String token, Instant now) {
        byte[] text = token.getBytes(StandardCharsets.UTF_8);
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        byte[] plain = ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(now.plus(settings.signedInFor()).toEpochMilli())
                .put(text)
                .array();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(plain);
            byte[] all = ByteBuffer.allocate(iv.length + sealed.length)
                    .put(iv)
                    .put(sealed)
                    .array();
            String value = Base64.getUrlEncoder().withoutPadding().encodeToString(all);
            return Optional.of(header(value, settings.signedInFor().toSeconds()))
                    .filter(header -> header.length() <= MAX_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the value of the header Set-Cookie that removes it. */
    String removed() {
        return header("", 0);
    }

    private String header(String value, long seconds) {
        return name + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (settings.isSecure() ? "; Secure" : "");
    }

    /** Returns the token; none if there is no cookie, if it has ended, or if somebody else wrote it. */
    Optional<String> token(Optional<String> cookies, Instant now) {
        return value(cookies).flatMap(value -> opened(value, now));
    }

    /** Returns what a form must send to be one of these pages: nobody else can compute it. */
    String formToken(String caller, Optional<String> cookies) {
        byte[] code =
                settings.key().get().formCode(caller + '\n' + value(cookies).orElse(""));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }

    boolean isFormToken(String given, String caller, Optional<String> cookies) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8),
                formToken(caller, cookies).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> value(Optional<String> cookies) {
        return cookies.map(pattern::matcher).filter(Matcher::find).map(found -> found.group(1));
    }

    private Optional<String> opened(String value, Instant now) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(value);
            if (all.length <= IV_BYTES) {
                return Optional.empty();
            }
            byte[] sealed = Arrays.copyOfRange(all, IV_BYTES, all.length);
            ByteBuffer plain = ByteBuffer.wrap(
                    cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, IV_BYTES)).doFinal(sealed));
            boolean isValid = now.toEpochMilli() < plain.getLong();
            return isValid ? Optional.of(StandardCharsets.UTF_8.decode(plain).toString()) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, settings.key().get().encryption(), new GCMParameterSpec(TAG_BITS, iv));
        return cipher;
    }
}
