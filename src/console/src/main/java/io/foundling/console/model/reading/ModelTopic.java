package io.foundling.console.model.reading;

import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.Contract;
import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A topic that is read, and the table of its records.
 *
 * @param value makes what decodes a value, of the settings of the serdes; a value of null stays null
 */
public record ModelTopic<T>(
        String name, Table<T> table, Function<Map<String, Object>, Function<ConsumerRecord<byte[], byte[]>, T>> value) {

    /** Returns those of a deployment that the read model has tables for. */
    public static List<ModelTopic<?>> of(TopicContracts contracts) {
        List<ModelTopic<?>> topics = new ArrayList<>();
        for (TopicContract contract : contracts.all()) {
            if (contract.contract().isEmpty()) {
                topics.add(new ModelTopic<>(contract.name(), Tables.DEAD_LETTER, avro -> DeadLetter::of));
            } else {
                table(contract.contract().get()).ifPresent(table -> topics.add(decoded(contract.name(), table)));
            }
        }
        return List.copyOf(topics);
    }

    private static Optional<Table<? extends SpecificRecord>> table(Contract contract) {
        return Tables.ofRecords().stream()
                .filter(table -> table.type().filter(contract.type()::equals).isPresent())
                .findFirst();
    }

    private static <T extends SpecificRecord> ModelTopic<T> decoded(String name, Table<T> table) {
        return new ModelTopic<>(name, table, avro -> {
            Deserializer<T> values = AvroSerdes.deserializer(avro, table.type().orElseThrow());
            return record -> values.deserialize(record.topic(), record.headers(), record.value());
        });
    }
}
