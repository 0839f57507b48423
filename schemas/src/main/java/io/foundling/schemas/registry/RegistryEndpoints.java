package io.foundling.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of one registry. A request tries each in turn, beginning with the one that answered last. Redirects are
 * not followed, because they would send the credentials to another host.
 */
final class RegistryEndpoints {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private final List<RegistryAddress> addresses;
    private final Duration requestTimeout;
    private final HttpClient http;
    private final ObjectMapper mapper = new ObjectMapper();
    private volatile int preferred;

    RegistryEndpoints(List<RegistryAddress> addresses, Optional<RegistryTls> tls, Duration requestTimeout) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses is empty, must name at least one schema registry");
        }
        this.addresses = List.copyOf(addresses);
        this.requestTimeout = requestTimeout;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(requestTimeout);
        tls.ifPresent(given -> builder.sslContext(given.context()).sslParameters(given.parameters()));
        http = builder.build();
    }

    /**
     * Asks each address until one gives a final answer. "Not found" counts only if every address that answers says so,
     * because a follower may lag behind its leader.
     *
     * @throws AccessRefused if no address gives a final answer and each refuses access
     * @throws IOException if no address gives a final answer; the message has the last failure
     */
    RegistryAnswer ask(String method, String path, JsonNode body) throws IOException, InterruptedException {
        int first = preferred;
        RegistryAnswer denial = null;
        IOException failure = null;
        for (int i = 0; i < addresses.size(); i++) {
            int index = (first + i) % addresses.size();
            try {
                RegistryAnswer answer = ask(addresses.get(index), method, path, body);
                if (!answer.denies()) {
                    preferred = index;
                    return answer;
                }
                denial = answer;
            } catch (IOException unsettled) {
                failure = worse(failure, unsettled);
            }
        }
        if (denial == null) {
            throw failure;
        }
        return denial;
    }

    /**
     * A temporary failure outweighs a refusal, because the address that is down may grant access; the message has both.
     */
    private static IOException worse(IOException before, IOException now) {
        if (before == null || before instanceof AccessRefused == now instanceof AccessRefused) {
            return now;
        }
        return new IOException(before.getMessage() + "; " + now.getMessage(), now);
    }

    private RegistryAnswer ask(RegistryAddress address, String method, String path, JsonNode body)
            throws IOException, InterruptedException {
        String question = method + " " + path;
        HttpResponse<byte[]> response;
        try {
            response = send(request(address, method, path, body));
        } catch (IOException failed) {
            Optional<AccessRefused> refusal = TlsRefusal.of(address, failed);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            throw new IOException(address.uri() + " " + reason(failed) + TlsRefusal.hint(address, failed), failed);
        }
        RegistryAnswer answer = new RegistryAnswer(path, response.statusCode(), json(response.body()));
        refuse(address, answer, question);
        if (!answer.settles()) {
            throw new IOException(address.uri() + " answered " + answer.status() + " to " + question
                    + (answer.redirects() ? ", a redirect, which is not followed; see schema.registry.url" : ""));
        }
        if (answer.json().isMissingNode()) {
            throw new IOException(address.uri() + " answered " + answer.status() + " without JSON to " + question
                    + ", is it a schema registry?");
        }
        return answer;
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return BoundedExchange.send(http, request, requestTimeout);
        } catch (HttpConnectTimeoutException unreachable) {
            throw unreachable;
        } catch (HttpTimeoutException stalled) {
            throw new IOException(stalled.getMessage() + " (schema.registry.request.timeout.ms)", stalled);
        }
    }

    private HttpRequest request(RegistryAddress address, String method, String path, JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .header("Accept", MEDIA_TYPE + ", application/json")
                .header("Content-Type", MEDIA_TYPE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        address.authorization().ifPresent(proof -> request.header("Authorization", proof));
        return request.build();
    }

    private static void refuse(RegistryAddress address, RegistryAnswer answer, String question) throws AccessRefused {
        String registry = "the schema registry at " + address.shown();
        if (answer.status() == UNAUTHORIZED && address.authorization().isEmpty()) {
            throw new AccessRefused(
                    registry + " asks for credentials (401) and none are set; see " + address.setting());
        }
        if (answer.status() == UNAUTHORIZED) {
            throw new AccessRefused(registry + " refused the credentials (401); see " + address.setting());
        }
        if (answer.status() == FORBIDDEN) {
            throw new AccessRefused(registry + " forbids " + question + " (403) to whom " + address.setting()
                    + " names; grant it there" + (question.startsWith("POST") ? ", or see auto.register.schemas" : ""));
        }
    }

    private JsonNode json(byte[] body) {
        try {
            return mapper.readTree(body);
        } catch (IOException | StackOverflowError noJson) {
            return MissingNode.getInstance();
        }
    }

    /** The JDK gives no message for a refused connection. */
    private static String reason(IOException failure) {
        return failure.getMessage() == null ? "is unreachable" : "failed: " + failure.getMessage();
    }
}
