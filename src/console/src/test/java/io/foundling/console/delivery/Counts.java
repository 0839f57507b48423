package io.foundling.console.delivery;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Counts by endpoint. */
public final class Counts implements DeliveryListener {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private final Map<String, LongSupplier> ages = new ConcurrentHashMap<>();

    @Override
    public void known(String receiver, String endpoint) {}

    @Override
    public void delivered(String receiver, String endpoint, int alerts) {
        counts.merge("delivered", alerts, Integer::sum);
    }

    @Override
    public void failed(String receiver, String endpoint) {
        counts.merge("failed", 1, Integer::sum);
    }

    @Override
    public void refused(String receiver, String endpoint, int alerts) {
        counts.merge("refused", alerts, Integer::sum);
    }

    @Override
    public void unreadable(String receiver) {
        counts.merge("unreadable", 1, Integer::sum);
    }

    @Override
    public void active(String receiver, boolean isActive) {
        if (isActive) {
            active.add(receiver);
        } else {
            active.remove(receiver);
        }
    }

    @Override
    public void watch(String receiver, String endpoint, LongSupplier ageMs) {
        ages.put(endpoint, ageMs);
    }

    public boolean isActive(String receiver) {
        return active.contains(receiver);
    }

    /** Returns for how long the oldest notification has been due at an endpoint; 0 if nothing watches it. */
    public long ageMs(String endpoint) {
        return ages.getOrDefault(endpoint, () -> 0).getAsLong();
    }

    public Map<String, Integer> all() {
        return new TreeMap<>(counts);
    }
}
