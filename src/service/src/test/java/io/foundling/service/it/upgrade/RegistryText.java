package io.foundling.service.it.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A schema registry as plain HTTP, so that what is read and written has nothing of this version's client. */
record RegistryText(String url) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Returns everything that is registered, in the order of the ids. */
    List<RecordedSchema> schemas() {
        List<RecordedSchema> found = new ArrayList<>();
        for (JsonNode subject : get("/subjects")) {
            String versions = "/subjects/" + subject.textValue() + "/versions";
            for (JsonNode version : get(versions)) {
                JsonNode schema = get(versions + '/' + version.intValue());
                found.add(new RecordedSchema(
                        subject.textValue(),
                        version.intValue(),
                        schema.get("id").intValue(),
                        schema.get("schema").textValue()));
            }
        }
        found.sort(Comparator.comparing(RecordedSchema::id).thenComparing(RecordedSchema::subject));
        return found;
    }

    /** Returns the id that the schema got. */
    int register(RecordedSchema schema) {
        try {
            String body = JSON.writeValueAsString(Map.of("schema", schema.text()));
            return answer(request("/subjects/" + schema.subject() + "/versions")
                            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                            .POST(HttpRequest.BodyPublishers.ofString(body)))
                    .get("id")
                    .intValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode get(String path) {
        return answer(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private static JsonNode answer(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the registry answers " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
