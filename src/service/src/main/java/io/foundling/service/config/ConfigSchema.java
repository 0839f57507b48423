package io.foundling.service.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shape of the file that {@link ConfigKeys} describes: which paths are keys, sections, open sections or lists. */
final class ConfigSchema {

    static final String POLICIES = "policies";
    static final String RECEIVERS = "receivers";
    static final String BRIDGES = "bridges";

    private final Map<String, ConfigKey<?>> keys = new LinkedHashMap<>();
    private final Set<String> sections = new HashSet<>();
    private final Set<String> openSections = new HashSet<>();
    private final Set<String> itemLists = new HashSet<>();

    ConfigSchema() {
        for (ConfigKey<?> key : ConfigKeys.all()) {
            String path = key.path();
            if (key.isItem()) {
                itemLists.add(path.substring(0, path.indexOf(ConfigKey.ITEM)));
            }
            if (key.isOpen()) {
                openSections.add(path.substring(0, path.length() - ConfigKey.ANY.length()));
            } else {
                keys.put(path, key);
                addSections(path, key.isItem() ? path.indexOf(ConfigKey.ITEM) + ConfigKey.ITEM.length() : 0);
            }
        }
        sections.removeIf(this::isInOpenSection);
    }

    private void addSections(String path, int from) {
        for (int dot = path.indexOf('.', from); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            sections.add(path.substring(0, dot));
        }
    }

    private boolean isInOpenSection(String section) {
        return openSections.stream().anyMatch(open -> section.equals(open) || section.startsWith(open + '.'));
    }

    Optional<ConfigKey<?>> key(String path) {
        return Optional.ofNullable(keys.get(path));
    }

    boolean isList(String path) {
        return key(path).filter(key -> key.type().isList()).isPresent();
    }

    boolean isSection(String path) {
        return sections.contains(path);
    }

    /** Whether a section takes any key. */
    boolean isOpen(String path) {
        return openSections.contains(path);
    }

    /** Returns the open sections whose keys an environment variable may set. */
    List<String> openSections() {
        return openSections.stream()
                .filter(section -> !section.contains(ConfigKey.ITEM))
                .toList();
    }

    /** Whether a key holds a list of sections. */
    boolean isItemList(String path) {
        return itemLists.contains(path);
    }

    /** Returns the keys that an environment variable may set, apart from the open sections. */
    List<ConfigKey<?>> overridable() {
        return keys.values().stream().filter(key -> !key.isItem()).toList();
    }

    /** Returns every path, for suggestions. */
    List<String> known() {
        List<String> known = new ArrayList<>(keys.keySet());
        known.addAll(sections);
        known.addAll(openSections);
        known.addAll(itemLists);
        return known;
    }
}
