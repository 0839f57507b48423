package io.foundling.console.delivery.http;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Makes what TLS needs of PEM texts, with Kafka's own code, so that files which suit its clients suit receivers. */
public final class PemTls {

    private static final String PEM = "PEM";
    private static final ConfigDef SETTINGS = new ConfigDef();

    static {
        SslConfigs.addClientSslSupport(SETTINGS);
    }

    private PemTls() {}

    /**
     * What this side shows.
     *
     * @param certificates its own first
     * @param key PKCS #8, not encrypted
     */
    public record Identity(String certificates, String key) {

        @Override
        public String toString() {
            return "identity";
        }
    }

    /**
     * Makes it.
     *
     * @param trusted certificates that are trusted, instead of those that Java trusts
     * @throws KafkaException if a text is no PEM of that kind, or the key is not that of the first certificate
     */
    public static SSLContext of(Optional<String> trusted, Optional<Identity> own) {
        Map<String, Object> settings = new HashMap<>();
        trusted.ifPresent(text -> {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, new Password(text));
        });
        own.ifPresent(identity -> {
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, new Password(identity.certificates()));
            settings.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, new Password(identity.key()));
        });
        DefaultSslEngineFactory factory = new DefaultSslEngineFactory();
        factory.configure(SETTINGS.parse(settings));
        if (own.isPresent() && !hasItsKey(factory.keystore())) {
            throw new KafkaException("the key is not that of the first certificate");
        }
        return factory.sslContext();
    }

    /** Otherwise only a handshake would show it. A certificate verifies what its own key has signed. */
    private static boolean hasItsKey(KeyStore store) {
        try {
            String alias = store.aliases().nextElement();
            PrivateKey key = (PrivateKey) store.getKey(alias, null);
            Signature signature = Signature.getInstance(
                    "SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm()));
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(store.getCertificate(alias).getPublicKey());
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException otherKind) {
            return false;
        } catch (GeneralSecurityException unknown) {
            throw new KafkaException("the key cannot be compared with the certificate", unknown);
        }
    }
}
