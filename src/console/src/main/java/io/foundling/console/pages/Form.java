package io.foundling.console.pages;

import io.foundling.console.web.Body;
import io.foundling.console.web.QueryText;
import io.foundling.console.web.Request;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was typed into a form, by the names of its fields. */
record Form(Map<String, String> texts) {

    /** The name of the field that shows that these pages made the form. */
    static final String TOKEN = "formToken";

    private static final int MAX_BYTES = 128 << 10;

    static final Body BODY =
            new Body("The fields of the form", MAX_BYTES, Map.of("application/x-www-form-urlencoded", Html.ANY));

    /** @throws io.foundling.console.web.ProblemException if it is not percent-encoded UTF-8 */
    static Form of(Request request) {
        Map<String, String> texts = new LinkedHashMap<>();
        QueryText.parse(new String(request.body(), StandardCharsets.UTF_8))
                .forEach((name, values) -> texts.put(name, values.get(0).strip()));
        return new Form(texts);
    }

    /** Returns a text without blanks around it; empty if there is none. */
    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    /** Returns a text that is not empty. */
    Optional<String> found(String name) {
        return Optional.of(text(name)).filter(text -> !text.isEmpty());
    }
}
