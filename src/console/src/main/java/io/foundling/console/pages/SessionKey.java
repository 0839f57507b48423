package io.foundling.console.pages;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What encrypts cookies and signs forms. Consoles with the same secret take each other's; nobody else can read or make
 * one. Immutable; {@link #toString} shows nothing of it.
 */
public final class SessionKey {

    public static final int MIN_BYTES = 32;

    static final String HMAC = "HmacSHA256";

    private final SecretKeySpec encryption;
    private final SecretKeySpec forms;

    /** @param secret at least {@link #MIN_BYTES} bytes that nobody can guess */
    public SessionKey(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "the secret has " + secret.length + " bytes, must have at least " + MIN_BYTES);
        }
        SecretKeySpec root = new SecretKeySpec(secret, HMAC);
        encryption = new SecretKeySpec(mac(root, "cookie"), "AES");
        forms = new SecretKeySpec(mac(root, "forms"), HMAC);
    }

    /** Returns a key of one process: whoever is signed in signs in again after a restart. */
    public static SessionKey random() {
        byte[] secret = new byte[MIN_BYTES];
        new SecureRandom().nextBytes(secret);
        return new SessionKey(secret);
    }

    SecretKeySpec encryption() {
        return encryption;
    }

    /** Returns the code of a text, by which a form is known. */
    byte[] formCode(String text) {
        return mac(forms, text);
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "key";
    }
}
