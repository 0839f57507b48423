package io.foundling.topology.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/**
 * How many entries of each kind a ledger holds, and how many bytes: of both its stores by the first byte of their keys,
 * and of the tables that its compacted topics hold.
 *
 * @param entries by kind
 * @param bytes of keys and values, by kind
 */
public record StoreSizes(SortedMap<String, Integer> entries, SortedMap<String, Integer> bytes) {

    /** Ends the kind of what belongs to the settlement of a parent. */
    private static final String SETTLEMENT = " settlement";

    /** Measures all that a ledger holds now. */
    public static StoreSizes of(LedgerHarness ledger) {
        StoreSizes sizes = new StoreSizes(new TreeMap<>(), new TreeMap<>());
        sizes.addAll("ledger", ledger.store());
        sizes.addAll("alerts", ledger.alertsStore());
        sizes.addTable("audit.dispositions", ledger.dispositions());
        sizes.addTable("audit.orphans", ledger.orphans());
        sizes.addTable("audit.settlements", ledger.settlements());
        sizes.addTable("audit.alerts", ledger.alerts());
        sizes.addTable("audit.clocks", ledger.clockReports());
        return sizes;
    }

    private void addAll(String store, StoreTap tap) {
        for (Map.Entry<Bytes, byte[]> each : tap.contents().entrySet()) {
            byte[] key = each.getKey().get();
            boolean ofSettlement = new String(key, UTF_8).contains("settlement/");
            String kind = "%s 0x%02x%s".formatted(store, key[0], ofSettlement ? SETTLEMENT : "");
            add(kind, key.length + each.getValue().length);
        }
    }

    private void addTable(String topic, Map<String, ?> table) {
        table.forEach((key, value) -> {
            String kind = topic + (key.startsWith("settlement/") ? SETTLEMENT : "");
            add(kind, key.length() + value.toString().length());
        });
    }

    private void add(String kind, int size) {
        entries.merge(kind, 1, Integer::sum);
        bytes.merge(kind, size, Integer::sum);
    }

    /** Returns the bytes of all kinds. */
    public int total() {
        return bytes.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        bytes.forEach(
                (kind, size) -> text.append("%-25s %6d entries %9d bytes%n".formatted(kind, entries.get(kind), size)));
        return text.append("%-25s %6d entries %9d bytes%n"
                        .formatted(
                                "all",
                                entries.values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum(),
                                total()))
                .toString();
    }
}
