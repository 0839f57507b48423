package io.foundling.console.delivery.silence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.http.Answer;
import io.foundling.console.delivery.http.Endpoint;
import io.foundling.console.delivery.http.Fetched;
import io.foundling.console.delivery.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One instance of Alertmanager, whose address the configuration names. It is asked, and never changed. Any thread. */
final class Instance {

    /** Of texts that people write there. */
    private static final int MAX_TEXT = 1_000;

    private static final String NO_ALERTMANAGER =
            "it answers something else than Alertmanager does; see receivers[].url";

    private final JsonMapper mapper = new JsonMapper();
    private final String receiver;
    private final Endpoint alerts;
    private final Endpoint silences;

    /**
     * Makes one.
     *
     * @param address without {@code /api/v2}
     * @param application the ledger whose alerts are asked for
     */
    Instance(String receiver, URI address, Transport transport, String application) {
        this.receiver = receiver;
        String filter = Presentation.APPLICATION_LABEL + "=\"" + application + '"';
        alerts = new Endpoint(
                api(
                        address,
                        "alerts?active=false&unprocessed=false&filter="
                                + URLEncoder.encode(filter, StandardCharsets.UTF_8)),
                transport);
        silences = new Endpoint(api(address, "silences"), transport);
    }

    private static URI api(URI instance, String path) {
        return URI.create(instance.toString().replaceFirst("/+$", "") + "/api/v2/" + path);
    }

    /** What there is, or why there is no answer. */
    record Said(AskedInstance instance, List<HeldBack> alerts) {}

    AskedInstance unanswered(String why) {
        return new AskedInstance(receiver, alerts.shown(), Optional.of(why));
    }

    /** Silences are asked for only if an alert has one. */
    Said ask() throws InterruptedException {
        try {
            JsonNode held = list(alerts.fetch());
            boolean hasSilences = false;
            for (JsonNode alert : held) {
                hasSilences |= !alert.at("/status/silencedBy").isEmpty();
            }
            Map<String, Silence> known = hasSilences ? silences(list(silences.fetch())) : Map.of();
            List<HeldBack> all = new ArrayList<>();
            for (JsonNode alert : held) {
                all.add(heldBack(alert, known));
            }
            return new Said(new AskedInstance(receiver, alerts.shown(), Optional.empty()), all);
        } catch (IOException problem) {
            return new Said(unanswered(problem.getMessage()), List.of());
        }
    }

    private JsonNode list(Fetched fetched) throws IOException {
        byte[] body = fetched.body().orElseThrow(() -> new IOException(why(fetched.answer())));
        JsonNode json;
        try {
            json = mapper.readTree(body);
        } catch (IOException noJson) {
            throw new IOException(NO_ALERTMANAGER, noJson);
        }
        if (!json.isArray()) {
            throw new IOException(NO_ALERTMANAGER);
        }
        return json;
    }

    /** What a proxy writes into its answer is nobody's business here. */
    private static String why(Answer answer) {
        return answer.status() == 0
                ? answer.text()
                : "it answers " + answer.status()
                        + answer.setting().map(name -> "; see " + name).orElse("");
    }

    private static Map<String, Silence> silences(JsonNode list) throws IOException {
        Map<String, Silence> known = new HashMap<>();
        for (JsonNode json : list) {
            String id = json.path("id").asText();
            known.put(
                    id,
                    new Silence(
                            id,
                            text(json.path("createdBy")),
                            text(json.path("comment")),
                            moment(json.path("startsAt")),
                            moment(json.path("endsAt"))));
        }
        return known;
    }

    /** A silence that has ended since the alerts were asked for holds back nothing. */
    private static HeldBack heldBack(JsonNode alert, Map<String, Silence> known) {
        Map<String, String> labels = new HashMap<>();
        alert.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        labels.remove(Presentation.APPLICATION_LABEL);
        List<Silence> silences = new ArrayList<>();
        alert.at("/status/silencedBy")
                .forEach(id -> Optional.ofNullable(known.get(id.asText())).ifPresent(silences::add));
        return new HeldBack(labels, silences, !alert.at("/status/inhibitedBy").isEmpty());
    }

    private static String text(JsonNode json) {
        String text = json.asText().strip();
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }

    private static Instant moment(JsonNode json) throws IOException {
        try {
            return Instant.parse(json.asText());
        } catch (DateTimeException noTime) {
            throw new IOException(NO_ALERTMANAGER, noTime);
        }
    }
}
