package io.foundling.service.topics;

import io.foundling.topology.topics.AccessRule;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** Explains what a broker denied: the resource, and the ACLs that it needs. */
public final class AccessDenial {

    private final List<AccessRule> rules;

    /** @param rules all rights that are needed; an exception names the resource, but not the missing right */
    public AccessDenial(Collection<AccessRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Returns the sentence for a denial. */
    public String sentence(AuthorizationException denied) {
        if (denied instanceof TopicAuthorizationException topics) {
            return topics.unauthorizedTopics().isEmpty()
                    ? sentence("an internal topic of Kafka Streams", internalTopics())
                    : topics.unauthorizedTopics().stream()
                            .sorted()
                            .map(topic -> sentence("topic " + topic, needed(ResourceType.TOPIC, topic)))
                            .collect(Collectors.joining("; "));
        }
        if (denied instanceof GroupAuthorizationException group) {
            return sentence("group " + group.groupId(), needed(ResourceType.GROUP, group.groupId()));
        }
        if (denied instanceof TransactionalIdAuthorizationException) {
            return sentence("its transactional id", ofType(ResourceType.TRANSACTIONAL_ID));
        }
        return sentence("a request (" + denied.getMessage() + ")", List.of());
    }

    /** Returns the sentences for rules that are not granted. */
    List<String> sentences(Collection<AccessRule> missing) {
        return missing.stream()
                .map(rule -> "the broker does not allow " + rule.sentence() + ": " + rule.why() + "; add an ACL for it")
                .toList();
    }

    private List<AccessRule> needed(ResourceType type, String name) {
        return rules.stream().filter(rule -> rule.covers(type, name)).toList();
    }

    /** A denied creation does not name the topic; clients of the service create internal topics only. */
    private List<AccessRule> internalTopics() {
        return ofType(ResourceType.TOPIC).stream()
                .filter(rule -> rule.pattern() == PatternType.PREFIXED)
                .toList();
    }

    private List<AccessRule> ofType(ResourceType type) {
        return rules.stream().filter(rule -> rule.resource() == type).toList();
    }

    private static String sentence(String what, List<AccessRule> needed) {
        Set<String> acls = needed.stream().map(AccessRule::sentence).collect(Collectors.toSet());
        return "the broker denies access to " + what + "; "
                + (acls.isEmpty()
                        ? "check the ACLs"
                        : "needed are ACLs for " + acls.stream().sorted().collect(Collectors.joining(", ")));
    }
}
