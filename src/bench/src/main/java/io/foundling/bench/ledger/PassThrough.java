package io.foundling.bench.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** Decodes every event and writes it again, exactly once: the floor for anything on Kafka Streams. */
final class PassThrough {

    private PassThrough() {}

    public static void main(String[] args) {
        Place place = Place.parse(args);
        Serde<AuditEvent> events =
                AvroSerdes.serde(Map.of(AvroConfig.REGISTRY_URL, place.registryUrl()), AuditEvent.class);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(SourceTopic.NAME, Consumed.with(Serdes.String(), events))
                .to(place.output(), Produced.with(Serdes.String(), events));
        StreamsSettings.run(builder.build(), place, Integer.parseInt(args[Place.ARGUMENTS]), Map.of());
    }
}
