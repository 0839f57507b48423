package io.foundling.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates for 127.0.0.1, made by the JDK's keytool in a directory of a test: {@code server}, {@code client},
 * {@code expired} and {@code elsewhere} (another host), all of one authority, and {@code stranger}, of none.
 */
public final class Certificates {

    public static final String PASSWORD = "sesame-of-stores";

    private static final String HERE = "san=ip:127.0.0.1,dns:localhost";

    private final Path directory;
    private final Path all;

    private Certificates(Path directory) {
        this.directory = directory;
        this.all = directory.resolve("all.p12");
    }

    public static Certificates in(Path directory) {
        Certificates made = new Certificates(directory);
        made.make("authority", "-ext", "bc:c");
        made.make("server", "-signer", "authority", "-ext", HERE);
        made.make("client", "-signer", "authority", "-dname", "CN=client");
        made.make("expired", "-signer", "authority", "-ext", HERE, "-startdate", "-10d", "-validity", "2");
        made.make("elsewhere", "-signer", "authority", "-ext", "san=dns:elsewhere.example");
        made.make("stranger", "-ext", HERE, "-ext", "bc:c");
        return made;
    }

    /** Returns a PKCS12 file with the key and the certificates of one name. */
    public Path keystore(String name) {
        try {
            KeyStore from = load();
            KeyStore to = empty();
            to.setKeyEntry(
                    name,
                    from.getKey(name, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    from.getCertificateChain(name));
            return store(to, name + ".p12");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a PKCS12 file that trusts one name, and whom it signed. */
    public Path truststore(String name) {
        try {
            KeyStore to = empty();
            to.setCertificateEntry(name, load().getCertificate(name));
            return store(to, name + "-trust.p12");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the certificates of a name in PEM, its own first. */
    public String pemChain(String name) {
        try {
            StringBuilder pem = new StringBuilder();
            for (Certificate certificate : load().getCertificateChain(name)) {
                pem.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            return pem.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the key of a name in PEM, not encrypted. */
    public String pemKey(String name) {
        try {
            return pem(
                    "PRIVATE KEY", load().getKey(name, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what a server that shows one name, and asks clients for the authority's signature, is made with. */
    public SSLContext server(String name) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(keystore(name)), PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(truststore("authority")));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void make(String name, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-keystore",
                all.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        if (!command.contains("-dname")) {
            command.addAll(List.of("-dname", "CN=" + name));
        }
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool makes no " + name + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private KeyStore load() throws GeneralSecurityException {
        return load(all);
    }

    private static KeyStore load(Path file) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return store;
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return store;
    }

    private Path store(KeyStore store, String name) throws GeneralSecurityException {
        Path file = directory.resolve(name);
        try (OutputStream bytes = Files.newOutputStream(file)) {
            store.store(bytes, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + what + "-----\n";
    }
}
