package io.foundling.console.delivery.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The hash by which Alertmanager names an alert: FNV-1a, 64 bits, over its sorted labels (prometheus/common/model). */
final class Fingerprint {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int SEPARATOR = 0xff;

    private Fingerprint() {}

    static String of(Map<String, String> labels) {
        SortedMap<String, String> sorted = new TreeMap<>(labels);
        long hash = OFFSET;
        for (Map.Entry<String, String> label : sorted.entrySet()) {
            hash = add(add(hash, label.getKey()), SEPARATOR);
            hash = add(add(hash, label.getValue()), SEPARATOR);
        }
        return String.format("%016x", hash);
    }

    private static long add(long hash, String text) {
        long added = hash;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            added = add(added, each & 0xff);
        }
        return added;
    }

    private static long add(long hash, int octet) {
        return (hash ^ octet) * PRIME;
    }
}
