package io.foundling.schemas.failure;

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
 *
 * @param who the other side, with its address
 * @param address setting that holds the address
 * @param trust setting that says which certificates are trusted
 * @param keys setting that holds the certificate of this side
 */
public record TlsFailure(String who, String address, String trust, String keys) {

    /** Returns the sentence; none if the failure is no evidence about certificates. */
    public Optional<String> sentence(IOException failure) {
        return Causes.find(failure, SSLException.class).isEmpty() || brokeOff(failure)
                ? Optional.empty()
                : Optional.of(explained(failure));
    }

    /**
     * Some servers close the connection of a client without a certificate, but a server that is stopping does so too.
     *
     * @return what to look at, in brackets, if the connection only broke off; empty otherwise
     */
    public String hint(IOException failure) {
        return brokeOff(failure) ? " (it hung up; if it asks for client certificates, see " + keys + ")" : "";
    }

    private static boolean brokeOff(IOException failure) {
        return Causes.find(failure, EOFException.class).isPresent()
                || Causes.find(failure, SocketException.class).isPresent()
                        && Causes.find(failure, ConnectException.class).isEmpty();
    }

    private String explained(IOException failure) {
        String said = deepest(failure);
        if (Causes.find(failure, CertificateExpiredException.class).isPresent()) {
            return "a certificate of " + who + " has expired (" + said + "); it has to be renewed there";
        }
        if (Causes.find(failure, CertificateNotYetValidException.class).isPresent()) {
            return "a certificate of " + who + " is not valid yet (" + said + "); compare the clocks";
        }
        if (said.contains("subject alternative") || said.contains("No name matching")) {
            return "the certificate of " + who + " is for another host (" + said + "); it has to name the one in "
                    + address;
        }
        if (said.contains("certification path") || said.contains("trust anchor") || said.contains("trustAnchors")) {
            return "the certificate of " + who + " is not trusted (" + said + "); see " + trust;
        }
        if (said.contains("fatal alert")) {
            return who + " refused the handshake (" + said + "), as if it wanted another client certificate or TLS"
                    + " version; see " + keys;
        }
        if (said.contains("SSL message")) {
            return who + " does not speak TLS (" + said + "); see " + address;
        }
        return "no TLS connection to " + who + " (" + said + "); see " + trust + " and " + keys;
    }

    private static String deepest(IOException failure) {
        String said = "";
        for (Throwable cause : Causes.of(failure)) {
            said = cause.getMessage() == null ? said : cause.getMessage();
        }
        return said;
    }
}
