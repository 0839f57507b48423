package io.foundling.schemas.registry;

import io.foundling.schemas.failure.Causes;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Explains a failed TLS handshake in one sentence that names the setting. A connection that only broke off is not
 * explained, because it is no evidence about certificates.
 */
final class TlsRefusal {

    private static final String TRUST = "schema.registry.ssl.truststore.location";
    private static final String KEYS = "schema.registry.ssl.keystore.location";

    private TlsRefusal() {}

    static Optional<AccessRefused> of(RegistryAddress address, IOException failure) {
        if (Causes.find(failure, SSLException.class).isEmpty() || brokeOff(failure)) {
            return Optional.empty();
        }
        return Optional.of(new AccessRefused(sentence(address, failure), failure));
    }

    /**
     * Some servers close the connection of a client without a certificate, but a server that is stopping does so too.
     */
    static String hint(RegistryAddress address, IOException failure) {
        return "https".equals(address.uri().getScheme()) && brokeOff(failure)
                ? " (it hung up; if it asks for client certificates, see " + KEYS + ")"
                : "";
    }

    private static boolean brokeOff(IOException failure) {
        return Causes.find(failure, EOFException.class).isPresent()
                || Causes.find(failure, SocketException.class).isPresent()
                        && Causes.find(failure, ConnectException.class).isEmpty();
    }

    private static String sentence(RegistryAddress address, IOException failure) {
        String registry = "the schema registry at " + address.shown();
        String said = deepest(failure);
        if (Causes.find(failure, CertificateExpiredException.class).isPresent()) {
            return "a certificate of " + registry + " has expired (" + said + "); it has to be renewed there";
        }
        if (Causes.find(failure, CertificateNotYetValidException.class).isPresent()) {
            return "a certificate of " + registry + " is not valid yet (" + said + "); compare the clocks";
        }
        if (said.contains("subject alternative") || said.contains("No name matching")) {
            return "the certificate of " + registry + " is for another host (" + said
                    + "); it has to name the one in schema.registry.url";
        }
        if (said.contains("certification path") || said.contains("trust anchor") || said.contains("trustAnchors")) {
            return "the certificate of " + registry + " is not trusted (" + said + "); see " + TRUST;
        }
        if (said.contains("fatal alert")) {
            return registry + " refused the handshake (" + said + "), as if it wanted another client certificate or TLS"
                    + " version; see " + KEYS;
        }
        if (said.contains("SSL message")) {
            return registry + " does not speak TLS (" + said + "); see schema.registry.url";
        }
        return "no TLS connection to " + registry + " (" + said + "); see schema.registry.ssl.*";
    }

    private static String deepest(IOException failure) {
        String said = "";
        for (Throwable cause : Causes.of(failure)) {
            said = cause.getMessage() == null ? said : cause.getMessage();
        }
        return said;
    }
}
