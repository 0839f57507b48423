package io.foundling.schemas.registry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** The addresses of one registry. A round asks each in turn, beginning with the one that answered last. */
final class RegistryEndpoints {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private final List<URI> urls;
    private final Duration requestTimeout;
    private final HttpClient http;
    private final ObjectMapper mapper = new ObjectMapper();
    private volatile int preferred;

    RegistryEndpoints(List<URI> urls, Duration requestTimeout) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("urls is empty, must name at least one schema registry");
        }
        this.urls = List.copyOf(urls);
        this.requestTimeout = requestTimeout;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(requestTimeout)
                .build();
    }

    /**
     * Asks each address until one settles the question. A denial counts only if no address knows better, because a follower
     * may lag behind its leader.
     *
     * @throws IOException if none settles it; the message says what the last one did
     */
    RegistryAnswer ask(String method, String path, JsonNode body) throws IOException, InterruptedException {
        int first = preferred;
        RegistryAnswer denial = null;
        IOException failure = null;
        for (int i = 0; i < urls.size(); i++) {
            int index = (first + i) % urls.size();
            try {
                RegistryAnswer answer = ask(urls.get(index), method, path, body);
                if (!answer.denies()) {
                    preferred = index;
                    return answer;
                }
                denial = answer;
            } catch (IOException unsettled) {
                failure = unsettled;
            }
        }
        if (denial == null) {
            throw failure;
        }
        return denial;
    }

    private RegistryAnswer ask(URI url, String method, String path, JsonNode body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.toString().replaceAll("/+$", "") + path))
                .timeout(requestTimeout)
                .header("Accept", MEDIA_TYPE + ", application/json")
                .header("Content-Type", MEDIA_TYPE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new IOException(url + " " + reason(unreachable), unreachable);
        }
        RegistryAnswer answer = new RegistryAnswer(response.statusCode(), json(response.body()));
        if (!answer.settles()) {
            throw new IOException(url + " answered " + answer.status() + " to " + method + " " + path);
        }
        if (answer.json().isMissingNode()) {
            throw new IOException(url + " answered " + answer.status() + " without JSON to " + method + " " + path
                    + ", is it a schema registry?");
        }
        return answer;
    }

    private JsonNode json(String body) {
        try {
            return mapper.readTree(body);
        } catch (JacksonException | StackOverflowError noJson) {
            return MissingNode.getInstance();
        }
    }

    /** The JDK leaves the message of a refused connection empty. */
    private static String reason(IOException failure) {
        return failure.getMessage() == null ? "is unreachable" : "failed: " + failure.getMessage();
    }
}
