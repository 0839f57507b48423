package io.foundling.service.config;

import java.util.HashMap;
import java.util.Map;

/** The names of the items of one list: one that is there twice is a problem. For one reading. */
final class UniqueNames {

    private final ConfigValues values;
    private final String key;
    private final Map<String, Origin> first = new HashMap<>();

    /** @param key of the names, as problems show it */
    UniqueNames(ConfigValues values, String key) {
        this.values = values;
        this.key = key;
    }

    void add(String name, Origin origin) {
        Origin before = first.putIfAbsent(name, origin);
        if (before != null) {
            values.problem(
                    origin,
                    "%s '%s' is there twice, first in %s; names must be unique".formatted(key, name, before.place()));
        }
    }
}
