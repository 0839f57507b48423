package io.foundling.topology.topics;

import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One thing that a broker with ACLs must allow. Read and Write include Describe there.
 *
 * @param pattern LITERAL, or PREFIXED where {@code name} is how the names begin
 * @param why the reason why it is needed, as part of a sentence
 */
public record AccessRule(ResourceType resource, String name, PatternType pattern, AclOperation operation, String why) {

    public AccessRule {
        if (pattern != PatternType.LITERAL && pattern != PatternType.PREFIXED) {
            throw new IllegalArgumentException("pattern is " + pattern + ", must be LITERAL or PREFIXED");
        }
    }

    /** Whether the rule is about a resource. */
    public boolean covers(ResourceType type, String resourceName) {
        return resource == type
                && (pattern == PatternType.LITERAL ? name.equals(resourceName) : resourceName.startsWith(name));
    }

    /** Returns the operation and the resource, for people: {@code Write on topic audit.alerts}. */
    public String sentence() {
        return word(operation) + " on " + subject();
    }

    /** Returns the resource, for people. */
    public String subject() {
        String kind = resource == ResourceType.TRANSACTIONAL_ID
                ? "transactional id"
                : resource.name().toLowerCase(Locale.ROOT);
        return pattern == PatternType.LITERAL ? kind + " " + name : "every " + kind + " that begins with " + name;
    }

    private static String word(AclOperation operation) {
        StringBuilder word = new StringBuilder();
        for (String part : operation.name().split("_")) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }
}
