package io.foundling.examples;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Failed;
import io.foundling.audit.Pending;
import io.foundling.schemas.SubjectKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The facts of events without ids and times: by key, in the order of the topic. */
final class ReportedFacts {

    private ReportedFacts() {}

    static Map<String, List<String>> of(List<ConsumerRecord<String, AuditEvent>> records) {
        return records.stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key,
                        TreeMap::new,
                        Collectors.mapping(record -> fact(record.value()), Collectors.toList())));
    }

    private static String fact(AuditEvent event) {
        String parent = event.getParent() == null ? "" : " of " + SubjectKey.of(event.getParent());
        return text(event.getBody()) + parent;
    }

    private static String text(Object body) {
        String name = ((SpecificRecord) body).getSchema().getName();
        if (body instanceof Failed failed) {
            return name + " " + failed.getErrorType() + ", " + failed.getMessage() + ", " + failed.getRetriable();
        }
        if (body instanceof Pending pending && pending.getExpectedMembers() != null) {
            return name + " with " + pending.getExpectedMembers();
        }
        return name;
    }
}
