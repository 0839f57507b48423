package io.foundling.console.policies;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.names.TopicNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** An event of a test, and when it was appended. */
record Appended(Events event, Instant at) {

    /** Returns a trail, in the order of append times. */
    static Iterator<RecordedEvent> trail(List<Appended> events, int partitions) {
        List<RecordedEvent> trail = new ArrayList<>();
        for (Appended each : events) {
            AuditEvent built = each.event().build();
            byte[] key = SubjectKey.of(built.getSubject()).getBytes(UTF_8);
            trail.add(new RecordedEvent(
                    TopicNames.EVENTS,
                    Utils.toPositive(Utils.murmur2(key)) % partitions,
                    trail.size(),
                    each.at().toEpochMilli(),
                    key,
                    built));
        }
        trail.sort(Comparator.comparingLong(RecordedEvent::appendedAtMs));
        return trail.iterator();
    }
}
