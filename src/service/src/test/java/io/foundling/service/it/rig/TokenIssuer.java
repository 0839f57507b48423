package io.foundling.service.it.rig;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** An endpoint of OAuth: it gives signed tokens to the client who knows the secret, and brokers the key to check them. */
public final class TokenIssuer implements AutoCloseable {

    public static final String ISSUER = "issuer";
    public static final String AUDIENCE = "brokers";

    private static final String SECRET = "sesame-service";
    private static final String SUBJECT = "service";

    private final KeyPair keys;
    private final HttpServer server;

    public TokenIssuer() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        keys = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::token);
        server.createContext("/keys", exchange -> send(exchange, 200, publicKey()));
        server.start();
    }

    public String tokenUrl() {
        return url("/token");
    }

    public String keysUrl() {
        return url("/keys");
    }

    /** Settings of a Kafka client that logs in with a token, under its own keys. */
    public Map<String, String> kafka(String bootstrapServers) {
        return kafka(bootstrapServers, tokenUrl(), SECRET);
    }

    /** The same for another endpoint or secret; it does not try for long. */
    public static Map<String, String> kafka(String bootstrapServers, String tokenUrl, String secret) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "OAUTHBEARER",
                "sasl.login.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                "sasl.login.retry.backoff.max.ms",
                "100",
                "sasl.oauthbearer.token.endpoint.url",
                tokenUrl,
                "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"" + SUBJECT
                        + "\" clientSecret=\"" + secret + "\";");
    }

    private void token(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String login = "Basic "
                + Base64.getEncoder().encodeToString((SUBJECT + ':' + SECRET).getBytes(StandardCharsets.UTF_8));
        if (login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(
                    exchange,
                    200,
                    "{\"access_token\":\"" + signedToken() + "\",\"token_type\":\"Bearer\",\"expires_in\":600}");
        } else {
            send(exchange, 401, "{\"error\":\"invalid_client\"}");
        }
    }

    private String signedToken() throws IOException {
        long now = Instant.now().getEpochSecond();
        String signed = encoded("{\"alg\":\"RS256\",\"kid\":\"1\"}")
                + '.'
                + encoded("{\"sub\":\"" + SUBJECT + "\",\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE
                        + "\",\"iat\":" + now + ",\"exp\":" + (now + 600) + '}');
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + '.' + encoded(signature.sign());
        } catch (GeneralSecurityException unexpected) {
            throw new IOException(unexpected);
        }
    }

    private String publicKey() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"alg\":\"RS256\",\"use\":\"sig\",\"kid\":\"1\",\"n\":\""
                + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}]}";
    }

    /** Without the byte that Java puts in front for the sign. */
    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return encoded(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
