package io.foundling.bench.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanMark;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Compares the output of a contender with the naive count of the load: a figure of a wrong result counts nothing. */
final class OutputGuard {

    private final NaiveCount expected;
    private final Deserializer<AuditEvent> events;
    private final Deserializer<Disposition> dispositions;

    OutputGuard(LedgerLab lab, NaiveCount expected) {
        Map<String, Object> registry = Map.of(AvroConfig.REGISTRY_URL, lab.registryUrl());
        this.expected = expected;
        this.events = AvroSerdes.deserializer(registry, AuditEvent.class);
        this.dispositions = AvroSerdes.deserializer(registry, Disposition.class);
    }

    /**
     * Reads the last record of each subject.
     *
     * @throws BenchFailure if one of them says something else than the load
     */
    void check(LedgerContender contender, Place place, Map<TopicPartition, Long> ends) {
        Map<String, byte[]> last = new HashMap<>();
        new TopicReader(place.bootstrapServers()).read(Map.of(), ends, place.output()::equals, found -> {
            if (found.key() != null) {
                last.put(new String(found.key(), StandardCharsets.UTF_8), found.value());
            }
        });
        expected.states().forEach((key, state) -> {
            LastState found = contender.keepsStates() ? disposition(place, last.get(key)) : event(place, last.get(key));
            LastState due = contender.keepsStates() ? state : new LastState(state.status(), false);
            if (!due.equals(found)) {
                throw new BenchFailure("The result of " + contender.label() + " is wrong: the load leaves " + key
                        + " as " + due + ", its output says " + found + ".");
            }
        });
        if (last.size() != expected.states().size()) {
            throw new BenchFailure("The result of " + contender.label() + " is wrong: the load has "
                    + expected.states().size() + " subjects, its output has " + last.size() + ".");
        }
    }

    private LastState disposition(Place place, byte[] value) {
        Disposition read = dispositions.deserialize(place.output(), value);
        return read == null ? null : new LastState(read.getStatus(), isOrphan(read));
    }

    private LastState event(Place place, byte[] value) {
        AuditEvent read = events.deserialize(place.output(), value);
        return read == null ? null : new LastState(NaiveCount.status(read.getBody()), false);
    }

    static boolean isOrphan(Disposition disposition) {
        for (OrphanMark mark : disposition.getMarks()) {
            if (mark.getRecoveredAt() == null) {
                return true;
            }
        }
        return false;
    }
}
