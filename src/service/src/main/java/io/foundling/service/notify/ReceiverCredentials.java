package io.foundling.service.notify;

import io.foundling.console.delivery.http.Credentials;
import io.foundling.service.config.ReceiverSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Makes the credentials of a receiver of what its files hold. */
final class ReceiverCredentials {

    /** How Standard Webhooks writes a key that is Base64. */
    private static final String BASE64 = "whsec_";

    private final ReceiverSettings.Files paths;
    private final ReceiverTls tls;

    ReceiverCredentials(ReceiverSettings settings, List<URI> uris) {
        paths = settings.files();
        tls = new ReceiverTls(paths, uris);
    }

    /** Returns what the files hold; none if there is a problem. */
    Optional<Credentials> read(ReceiverFiles files) {
        Optional<String> authorization = paths.authorization().flatMap(file -> header(file, files));
        Optional<byte[]> secret =
                paths.secret().flatMap(file -> files.line("secretFile", file)).flatMap(text -> key(text, files));
        Optional<SSLContext> context = tls.context(files);
        return files.problems().isEmpty()
                ? Optional.of(new Credentials(authorization, secret, context))
                : Optional.empty();
    }

    /** A byte order mark or a typographic quote is easily missed, and HTTP allows neither. */
    private static Optional<String> header(Path file, ReceiverFiles files) {
        Optional<String> text = files.line("authorizationFile", file);
        if (text.isPresent() && !text.get().chars().allMatch(each -> each >= ' ' && each <= '~')) {
            files.problem("authorizationFile", "is " + file + ", which holds a character that is not ASCII");
            return Optional.empty();
        }
        return text;
    }

    private static Optional<byte[]> key(String text, ReceiverFiles files) {
        if (!text.startsWith(BASE64)) {
            return Optional.of(text.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text.substring(BASE64.length())));
        } catch (IllegalArgumentException notBase64) {
            files.problem("secretFile", "begins with " + BASE64 + " but is not Base64 after that");
            return Optional.empty();
        }
    }
}
