package io.foundling.bench.ledger;

import io.foundling.audit.Disposition;
import io.foundling.audit.Freshness;
import io.foundling.audit.Status;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Why scopes are stale, by any age, from nothing but their dispositions: as a reader of the topic would see it. */
final class Classification {

    private static final String FRESH = "fresh";

    private final Deserializer<Disposition> deserializer;
    private final Map<String, Disposition> scopes = new HashMap<>();
    private long bytes;

    Classification(Place place) {
        deserializer = AvroSerdes.deserializer(Map.of(AvroConfig.REGISTRY_URL, place.registryUrl()), Disposition.class);
    }

    /** Keeps the last disposition of every declared scope, among all that were published so far. */
    void read(LedgerLab lab, Place place) {
        Map<String, Integer> sizes = new HashMap<>();
        new TopicReader(lab.bootstrapServers())
                .read(
                        Map.of(),
                        new Offsets(lab.admin()).ends(place.output()::equals),
                        place.output()::equals,
                        found -> keep(found, sizes));
        bytes = sizes.values().stream().mapToLong(Integer::longValue).sum();
    }

    private void keep(ConsumerRecord<byte[], byte[]> found, Map<String, Integer> sizes) {
        Disposition read = deserializer.deserialize(found.topic(), found.value());
        if (read != null && read.getFreshness() != null) {
            String key = new String(found.key(), StandardCharsets.UTF_8);
            scopes.put(key, read);
            sizes.put(key, found.key().length + found.value().length);
        }
    }

    int scopes() {
        return scopes.size();
    }

    double bytesEach() {
        return (double) bytes / Math.max(1, scopes.size());
    }

    /** Counts the scopes by why they are stale, if each should be completed once in so long. */
    Map<String, Long> reasons(Duration olderThan, Instant now) {
        Map<String, Long> reasons = new TreeMap<>();
        scopes.values().forEach(scope -> reasons.merge(reason(scope, now.minus(olderThan)), 1L, Long::sum));
        return reasons;
    }

    /** The formula of the contract of {@link Freshness}. */
    private static String reason(Disposition scope, Instant oldest) {
        Freshness freshness = scope.getFreshness();
        boolean isActive = freshness.getActiveSince() != null;
        if (freshness.getEnd() == null && !isActive) {
            return freshness.getDeclaredAt().isBefore(oldest) ? "NEVER_RAN" : FRESH;
        } else if (OutputGuard.isOrphan(scope)
                || isActive && freshness.getActiveSince().isBefore(oldest)) {
            return "STUCK";
        } else if (freshness.getEnd() == null) {
            return FRESH;
        } else if (freshness.getEnd().getStatus() == Status.FAILED) {
            return "LAST_FAILED";
        }
        return freshness.getEnd().getAt().isBefore(oldest) ? "TOO_OLD" : FRESH;
    }
}
