package io.foundling.service.notify;

import io.foundling.console.delivery.topics.DeliverySettings;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.topics.AccessCheck;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.TopicCheck;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.AccessRule;
import io.foundling.topology.topics.AccessRules;
import java.util.List;
import java.util.stream.Stream;

/** Compares what {@code notify} needs of a broker, its topics and the rights to them, with what there is. */
public final class NotifyCheck {

    private final Broker broker;
    private final String alerts;
    private final String deliveries;
    private final List<AccessRule> rules;

    public NotifyCheck(Broker broker, ServiceConfig config) {
        this.broker = broker;
        alerts = config.topics().prefix().name(TopicNames.ALERTS);
        deliveries = config.topics().prefix().name(TopicNames.DELIVERIES);
        rules = AccessRules.ofNotify(
                alerts, deliveries, DeliverySettings.groups(config.instance().application()));
    }

    /** Returns the rights that are needed. */
    public List<AccessRule> rules() {
        return rules;
    }

    /**
     * Returns a sentence for each problem.
     *
     * @throws io.foundling.service.topics.BrokerUnavailableException if the broker does not answer
     */
    public List<String> problems() {
        List<String> denied = new AccessCheck(broker, rules).run();
        return denied.isEmpty()
                ? Stream.of(alerts, deliveries)
                        .filter(topic -> broker.partitions(topic).isEmpty())
                        .map(TopicCheck::missing)
                        .toList()
                : denied;
    }
}
