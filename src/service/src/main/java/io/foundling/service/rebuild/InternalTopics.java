package io.foundling.service.rebuild;

import io.foundling.topology.names.Nodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** The topics that Kafka Streams keeps for an application, named and configured as it does that itself. */
public final class InternalTopics {

    private static final String TOPIC_PREFIX = "topic.";

    private final String application;

    public InternalTopics(String application) {
        this.application = application;
    }

    /** Returns the changelog of the ledger's stores. */
    public String ledger() {
        return changelog(Nodes.LEDGER_STORE);
    }

    /** Returns the changelog of the alerts' stores. */
    public String alerts() {
        return changelog(Nodes.ALERTS_STORE);
    }

    /** Returns the changelog of a store. */
    public String changelog(String store) {
        return application + '-' + store + "-changelog";
    }

    /** Returns the changelogs of all stores. */
    public List<String> changelogs() {
        return List.of(ledger(), alerts());
    }

    /** Returns the topic through which accounts go from the ledger to the alerts. */
    String accounts() {
        return application + '-' + Nodes.ACCOUNTS + "-repartition";
    }

    /** Returns the topic that exists from when a rebuild begins to write until it has written everything. */
    public String unfinished() {
        return application + "-rebuild-unfinished";
    }

    /**
     * Returns the topic in which a rebuild says which changelogs it made: the id of each under its name. The tool that
     * resets an application deletes every topic of such a name.
     */
    public String rebuilt() {
        return application + "-rebuilt-changelog";
    }

    /** Returns the settings of a changelog, with those that the operator gives to all internal topics. */
    static Map<String, String> changelogSettings(Map<String, String> kafka) {
        Map<String, String> settings = new HashMap<>();
        kafka.forEach((key, value) -> {
            if (key.startsWith(TOPIC_PREFIX)) {
                settings.put(key.substring(TOPIC_PREFIX.length()), value);
            }
        });
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        return settings;
    }
}
