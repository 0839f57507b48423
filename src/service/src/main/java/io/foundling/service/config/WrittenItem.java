package io.foundling.service.config;

import java.util.Map;
import java.util.Set;

/**
 * One item of a list of sections, as it was written: where it begins and its settings by path.
 *
 * @param sections paths of the sections in it, of empty ones, too
 */
record WrittenItem(Origin origin, Map<String, WrittenValue> settings, Set<String> sections) {}
