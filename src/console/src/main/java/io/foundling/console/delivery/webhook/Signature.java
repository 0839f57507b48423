package io.foundling.console.delivery.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers by which a receiver knows who sent a message and which delivery it is: those of Standard Webhooks
 * (https://www.standardwebhooks.com), HMAC-SHA256 over id, time and body.
 */
final class Signature {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** Returns the headers of a message; without a secret it has no signature. */
    static Map<String, String> headers(String id, long nowMs, byte[] body, Optional<byte[]> secret) {
        String timestamp = Long.toString(nowMs / 1_000);
        return secret.map(key -> Map.of(
                        ID,
                        id,
                        TIMESTAMP,
                        timestamp,
                        SIGNATURE,
                        "v1," + signature(id + '.' + timestamp + '.', body, key)))
                .orElseGet(() -> Map.of(ID, id, TIMESTAMP, timestamp));
    }

    private static String signature(String beginning, byte[] body, byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(beginning.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java", impossible);
        }
    }
}
