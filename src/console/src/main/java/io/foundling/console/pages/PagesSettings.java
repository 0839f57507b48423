package io.foundling.console.pages;

import java.security.SecureRandom;
import java.time.Duration;

/**
 * How people stay signed in.
 *
 * @param key that encrypts cookies. Each console makes its own, so behind one address sessions must stick to one
 * @param signedInFor after which a cookie counts no longer
 * @param isSecure whether browsers reach the pages by TLS only, here or at a proxy; the cookie is then for TLS only
 */
public record PagesSettings(byte[] key, Duration signedInFor, boolean isSecure) {

    private static final int KEY_BYTES = 32;

    public PagesSettings {
        if (key.length < KEY_BYTES) {
            throw new IllegalArgumentException("key has " + key.length + " bytes, must have at least " + KEY_BYTES);
        }
        key = key.clone();
    }

    /** Returns a key of one process: whoever is signed in signs in again after a restart. */
    public static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    @Override
    public String toString() {
        return "PagesSettings[signedInFor=" + signedInFor + ", isSecure=" + isSecure + "]";
    }
}
