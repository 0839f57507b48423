package io.foundling.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Confluent's API as its documentation states it, called with the JDK's own client. */
final class SchemaCalls {

    /** The schema that the tests register, as a JSON text inside a request. */
    static final String SCHEMA = "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Found\\\",\\\"fields\\\":[]}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    SchemaCalls(String url) {
        this.url = url;
    }

    /** The answer, such as {@code {"id":1}}. */
    String register(String subject) {
        return send(request("/subjects/" + subject + "/versions")
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"" + SCHEMA + "\"}")));
    }

    /** The answer for an id, such as {@code {"schema":"…"}}. */
    String schema(int id) {
        return send(request("/schemas/ids/" + id).GET());
    }

    /** The names as a JSON array. */
    String subjects() {
        return send(request("/subjects").GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
