package io.foundling.console.delivery;

import java.util.Map;
import java.util.TreeMap;

/** What receivers are shown of an alert besides its labels. */
public final class AlertTexts {

    private AlertTexts() {}

    /** Returns the annotations of the alert, with its count and samples. */
    public static Map<String, String> annotations(Notification alert) {
        Map<String, String> texts = new TreeMap<>(alert.annotations());
        texts.put("count", Long.toString(alert.found().count()));
        if (!alert.found().samples().isEmpty()) {
            texts.put("samples", String.join(", ", alert.found().samples()));
        }
        return texts;
    }
}
