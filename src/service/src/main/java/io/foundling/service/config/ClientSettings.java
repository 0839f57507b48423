package io.foundling.service.config;

import java.util.Map;
import java.util.TreeMap;

/** Settings passed through to clients under the keys of those clients; {@link #toString} masks secrets. */
public record ClientSettings(Map<String, String> values) {

    public ClientSettings {
        values = Map.copyOf(values);
    }

    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>(values);
        shown.replaceAll(Secrets::masked);
        return shown.toString();
    }
}
