package io.foundling.console.access.oidc;

import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.failure.TlsFailure;
import io.foundling.schemas.registry.BoundedExchange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Reads the keys of the issuer from where it publishes them. Each exchange ends after five seconds, body included, and
 * keeps at most what a {@link io.foundling.schemas.registry.BoundedBody} does. Redirects are not followed. A failure is
 * one sentence that names the setting, without anything of the answer.
 */
final class KeyDownload {

    static final Duration WITHIN = Duration.ofSeconds(5);
    static final int MAX_KEYS = 100;

    /** Shorter ones can be factored, or soon. */
    private static final int RSA_BITS = 2048;

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final int OK = 200;

    private final OidcSettings settings;
    private final HttpClient http;

    KeyDownload(OidcSettings settings) {
        this.settings = settings;
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(WITHIN);
        settings.tls().ifPresent(client::sslContext);
        http = client.build();
    }

    /**
     * Returns the public keys that may have signed a JWT; at least one.
     *
     * @throws IOException if they cannot be read; its message is a sentence
     */
    JWKSet run() throws IOException, InterruptedException {
        URI from = settings.jwksUrl().isPresent() ? settings.jwksUrl().get() : discovered();
        String text = text(from);
        try {
            return usable(JWKSet.parse(text), from);
        } catch (ParseException | RuntimeException noKeys) {
            throw new IOException(from + " answers with something else than a set of keys; see console.oidc.jwksUrl");
        }
    }

    private static JWKSet usable(JWKSet published, URI from) throws IOException {
        List<JWK> keys = published.getKeys().stream()
                .filter(key -> key instanceof AsymmetricJWK && !isShort(key))
                .map(JWK::toPublicJWK)
                .toList();
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IOException(
                    from + " publishes " + keys.size() + " keys that can verify signatures, expected 1 to " + MAX_KEYS);
        }
        return new JWKSet(keys);
    }

    private static boolean isShort(JWK key) {
        return key instanceof RSAKey && key.size() < RSA_BITS;
    }

    /** Where OpenID Connect Discovery 1.0 has it: below the issuer, whose path is kept. */
    private URI discovered() throws IOException, InterruptedException {
        URI from = URI.create(settings.issuer().replaceFirst("/$", "") + DISCOVERY);
        Map<String, Object> document = json(text(from), from);
        if (!settings.issuer().equals(document.get("issuer"))) {
            throw new IOException(
                    from + " is the document of another issuer; console.oidc.issuer must be as the document has it");
        }
        return SafeUrl.of(String.valueOf(document.get("jwks_uri")))
                .orElseThrow(() -> new IOException(from + " has no jwks_uri with https; see console.oidc.jwksUrl"));
    }

    private static Map<String, Object> json(String text, URI from) throws IOException {
        try {
            Map<String, Object> document = JSONObjectUtils.parse(text);
            return document == null ? Map.of() : document;
        } catch (ParseException noJson) {
            throw new IOException(from + " answers with something else than JSON; see console.oidc.issuer");
        }
    }

    private String text(URI from) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(from)
                .header("Accept", "application/json, application/jwk-set+json")
                .header("User-Agent", "foundling")
                .build();
        HttpResponse<byte[]> answer;
        try {
            answer = BoundedExchange.send(http, request, WITHIN);
        } catch (IOException failed) {
            throw new IOException(explained(from, failed), failed);
        }
        if (answer.statusCode() != OK) {
            throw new IOException(from + " answers with status " + answer.statusCode()
                    + "; see console.oidc.issuer and console.oidc.jwksUrl");
        }
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String explained(URI from, IOException failed) {
        TlsFailure handshake = new TlsFailure(
                from.getAuthority(),
                "console.oidc.issuer or console.oidc.jwksUrl",
                "console.oidc.caFile",
                "its settings");
        return handshake
                .sentence(failed)
                .orElseGet(() -> Causes.find(failed, ConnectException.class).isPresent()
                        ? "there is no connection to " + from
                        : "there is no answer from " + from + ": " + Causes.sentence(failed));
    }
}
