package io.foundling.console.delivery.topics;

import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Receiver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the delivery of alerts needs to know.
 *
 * @param instance name of this process, unique in the application
 * @param kafka settings of every Kafka client
 * @param avro settings of the serdes
 * @param alerts the topic that is read
 * @param deliveries the topic of the progress
 */
public record DeliverySettings(
        String instance,
        Presentation shown,
        List<Receiver> receivers,
        Map<String, Object> kafka,
        Map<String, Object> avro,
        String alerts,
        String deliveries) {

    public DeliverySettings {
        receivers = List.copyOf(receivers);
        kafka = Map.copyOf(kafka);
        avro = new HashMap<>(avro);
    }

    /** Returns the name of the group, and of the transactions, of the processes that serve a receiver. */
    String group(Receiver receiver) {
        return groups(shown.application()) + receiver.name();
    }

    /** Returns how the names of all these groups and transactions begin. */
    public static String groups(String application) {
        return application + "-notify-";
    }
}
