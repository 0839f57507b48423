package io.foundling.topology.store.compact;

import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Metadata;
import io.foundling.topology.lifecycle.MetadataValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Metadata. If the event of a value is a fact of the subject, the number of that fact is stored for its id and time.
 */
final class MetadataForm {

    private static final int OF_NO_FACT = 0;

    private MetadataForm() {}

    static void write(Metadata metadata, List<Fact> facts, CompactWriter out) throws IOException {
        out.number(metadata.values().size());
        for (Map.Entry<String, MetadataValue> each : metadata.values().entrySet()) {
            MetadataValue value = each.getValue();
            out.text(each.getKey());
            out.text(value.value());
            int number = numberOfFact(facts, value);
            out.number(number);
            if (number == OF_NO_FACT) {
                out.time(value.occurredAtMs());
                out.id(value.eventId());
            }
        }
    }

    /** Returns the number of the fact of a value's event, counted from 1. */
    private static int numberOfFact(List<Fact> facts, MetadataValue value) {
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (fact.occurredAtMs() == value.occurredAtMs() && fact.eventId().equals(value.eventId())) {
                return i + 1;
            }
        }
        return OF_NO_FACT;
    }

    static Metadata read(List<Fact> facts, CompactReader in) throws IOException {
        int count = in.count();
        if (count == 0) {
            return Metadata.NONE;
        }
        SortedMap<String, MetadataValue> values = new TreeMap<>();
        for (int left = count; left > 0; left--) {
            values.put(in.text(), value(facts, in));
        }
        return new Metadata(values);
    }

    private static MetadataValue value(List<Fact> facts, CompactReader in) throws IOException {
        String value = in.text();
        int number = in.count();
        if (number == OF_NO_FACT) {
            long occurredAtMs = in.time();
            UUID eventId = in.id();
            return new MetadataValue(value, occurredAtMs, eventId);
        }
        Fact fact = facts.get(number - 1);
        return new MetadataValue(value, fact.occurredAtMs(), fact.eventId());
    }
}
