package io.foundling.intake.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.Request;
import io.foundling.intake.event.CloudEvent;
import io.foundling.intake.event.RefusedEventException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The headers of a request that say something about its events. */
final class Headers {

    private static final int MAX_LENGTH = 255;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E]{1," + MAX_LENGTH + "}");

    /**
     * What the HTTP binding of CloudEvents encodes: the space, the double quote, the percent sign, and every byte outside
     * U+0021 to U+007E. All else is kept as it was sent, although the binding decodes it, too: some senders do not encode,
     * and a %2F is part of their text.
     */
    private static final Pattern ENCODED =
            Pattern.compile("(?:%(?:[01][0-9A-Fa-f]|2[025]|7[Ff]|[89A-Fa-f][0-9A-Fa-f]))+");

    private static final char NO_TEXT = '\uFFFD';

    static final Parameter<String> KEY = Parameter.header(
            "Idempotency-Key",
            ParameterType.of(
                    "1 to " + MAX_LENGTH + " printable characters of ASCII without spaces",
                    text -> Optional.of(text)
                            .filter(found -> PRINTABLE.matcher(found).matches()),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("type", "string")
                            .put("pattern", "^" + PRINTABLE.pattern() + "$")),
            "Chosen by the caller, a new one for each request and the same for its repeats: the ids of events without eventId"
                    + " are derived from it.");

    private static final Parameter<String> VERSION = cloudEvent("specversion", "of a CloudEvent in binary mode: 1.0.");
    private static final Parameter<String> ID = cloudEvent("id", "of a CloudEvent in binary mode.");
    private static final Parameter<String> SOURCE = cloudEvent("source", "of a CloudEvent in binary mode.");
    private static final Parameter<String> TIME = cloudEvent("time", "of a CloudEvent in binary mode.");

    static final List<Parameter<?>> ALL = List.of(KEY, VERSION, ID, SOURCE, TIME);

    private Headers() {}

    private static Parameter<String> cloudEvent(String name, String description) {
        return Parameter.header("ce-" + name, ParameterType.text(1_024), "Attribute " + name + " " + description);
    }

    /**
     * Returns the CloudEvent in binary mode that a request is; none if it is no such one.
     *
     * @throws RefusedEventException if an attribute is missing or wrong
     */
    static Optional<CloudEvent> cloudEvent(Request request) {
        boolean isOne = List.of(VERSION, ID, SOURCE).stream()
                .anyMatch(header -> request.found(header).isPresent());
        return isOne
                ? Optional.of(CloudEvent.of(
                        attribute(request, VERSION),
                        attribute(request, ID),
                        attribute(request, SOURCE),
                        attribute(request, TIME)))
                : Optional.empty();
    }

    /** A % that encodes nothing is one, and bytes that are not UTF-8 stay encoded. */
    private static Optional<String> attribute(Request request, Parameter<String> header) {
        return request.found(header).map(text -> {
            String decoded = ENCODED.matcher(text)
                    .replaceAll(bytes ->
                            Matcher.quoteReplacement(URLDecoder.decode(bytes.group(), StandardCharsets.UTF_8)));
            return decoded.indexOf(NO_TEXT) < 0 ? decoded : text;
        });
    }
}
