package io.foundling.service.topics;

import io.foundling.topology.topics.AccessRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Asks the broker at the start for the rights of this client. Without that, a missing ACL on a topic that is written
 * once a month would stop the ledger in a month. The rights on topics and groups that do not exist yet are not known.
 */
public final class AccessCheck {

    private final Broker broker;
    private final List<AccessRule> rules;

    public AccessCheck(Broker broker, List<AccessRule> rules) {
        this.broker = broker;
        this.rules = List.copyOf(rules);
    }

    /**
     * Returns a sentence for each rule that the broker does not grant.
     *
     * @throws BrokerUnavailableException if it does not answer
     */
    public List<String> run() {
        Map<String, Set<AclOperation>> topics = broker.allowedOnTopics(topics());
        List<AccessRule> missing = new ArrayList<>();
        for (AccessRule rule : rules) {
            if (!isGranted(rule, topics)) {
                missing.add(rule);
            }
        }
        return new AccessDenial(rules).sentences(missing);
    }

    private boolean isGranted(AccessRule rule, Map<String, Set<AclOperation>> topics) {
        if (rule.resource() == ResourceType.GROUP) {
            return broker.allowedOnGroup(rule.name())
                    .map(allowed -> allowed.contains(rule.operation()))
                    .orElse(true);
        }
        return topics.entrySet().stream()
                .filter(found -> rule.covers(ResourceType.TOPIC, found.getKey()))
                .allMatch(found -> isGranted(rule.operation(), found.getValue()));
    }

    private static boolean isGranted(AclOperation operation, Set<AclOperation> allowed) {
        return switch (operation) {
            // An existing topic need not be created, and the right may be granted on the cluster instead.
            case CREATE -> true;
            // Nothing else is known of a topic that may not even be seen.
            case DESCRIBE_CONFIGS -> allowed.isEmpty() || allowed.contains(operation);
            default -> allowed.contains(operation);
        };
    }

    private Set<String> topics() {
        Set<String> names = new TreeSet<>();
        Map<String, AccessRule> prefixes = new TreeMap<>();
        rules.stream().filter(rule -> rule.resource() == ResourceType.TOPIC).forEach(rule -> {
            if (rule.pattern() == PatternType.LITERAL) {
                names.add(rule.name());
            } else {
                prefixes.put(rule.name(), rule);
            }
        });
        broker.names().stream()
                .filter(name -> prefixes.values().stream().anyMatch(rule -> rule.covers(ResourceType.TOPIC, name)))
                .forEach(names::add);
        return names;
    }
}
