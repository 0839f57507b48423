package io.foundling.service.intake;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.topics.AccessCheck;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.TopicCheck;
import io.foundling.topology.topics.AccessRules;
import java.util.List;

/** Compares what {@code intake} needs of a broker, its topic and the right to it, with what there is. */
public final class IntakeCheck {

    private final Broker broker;
    private final String topic;

    public IntakeCheck(Broker broker, ServiceConfig config) {
        this.broker = broker;
        topic = config.intake().topic();
    }

    /**
     * Returns a sentence for each problem.
     *
     * @throws io.foundling.service.topics.BrokerUnavailableException if the broker does not answer
     */
    public List<String> problems() {
        List<String> denied = new AccessCheck(broker, AccessRules.ofRecorder(topic)).run();
        return denied.isEmpty() && broker.partitions(topic).isEmpty() ? List.of(TopicCheck.missing(topic)) : denied;
    }
}
