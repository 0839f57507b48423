package io.foundling.service.console;

import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.model.reading.ReaderSettings;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.topics.AccessCheck;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.TopicCheck;
import io.foundling.topology.topics.AccessRules;
import java.util.List;

/** Compares what {@code console} needs of a broker, its topics and the rights to them, with what there is. */
public final class ConsoleCheck {

    private final Broker broker;
    private final List<String> topics;
    private final List<String> acted;
    private final String group;

    ConsoleCheck(Broker broker, ServiceConfig config, List<ModelTopic<?>> read) {
        this.broker = broker;
        topics = read.stream().map(ModelTopic::name).toList();
        acted = written(config);
        group = ReaderSettings.group(config.instance().application());
    }

    private static List<String> written(ServiceConfig config) {
        if (config.console().acts().isGranted()) {
            return config.sources();
        }
        return config.intake().isEnabled() ? List.of(config.intake().topic()) : List.of();
    }

    /** Makes that of a configuration. */
    public static ConsoleCheck of(Broker broker, ServiceConfig config) {
        return new ConsoleCheck(broker, config, ModelTopic.of(config.topics().contracts()));
    }

    /**
     * Returns a sentence for each problem.
     *
     * @throws io.foundling.service.topics.BrokerUnavailableException if the broker does not answer
     */
    public List<String> problems() {
        List<String> denied = new AccessCheck(broker, AccessRules.ofConsole(topics, acted, group)).run();
        return denied.isEmpty()
                ? topics.stream()
                        .filter(topic -> broker.partitions(topic).isEmpty())
                        .map(TopicCheck::missing)
                        .toList()
                : denied;
    }
}
