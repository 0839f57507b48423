package io.foundling.service.mapping;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Producer;
import java.util.List;
import java.util.Optional;

/** The content of a mapping file: how a record becomes events. Immutable, for any thread. */
public final class Mapping {

    private final FactRules facts;
    private final Producer producer;

    Mapping(FactRules facts, Producer producer) {
        this.facts = facts;
        this.producer = producer;
    }

    /**
     * Returns the events of a record; none if the mapping leaves such records out.
     *
     * @throws RecordRejectedException if the mapping cannot make events of the record
     */
    public List<AuditEvent> events(MappedRecord record) throws RecordRejectedException {
        Input input = Input.of(record);
        Optional<FactRule> rule = facts.of(input);
        return rule.isPresent() ? rule.get().of(input, producer) : List.of();
    }

    FactRules facts() {
        return facts;
    }
}
