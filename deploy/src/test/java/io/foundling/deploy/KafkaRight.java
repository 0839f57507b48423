package io.foundling.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** One operation that a KafkaUser may do with resources of one name, or one prefix. */
record KafkaRight(ResourceType type, PatternType pattern, String name, AclOperation operation) {

    /** Returns all rights of a user. */
    static List<KafkaRight> of(KafkaUser user) {
        JsonNode tree = new ObjectMapper().valueToTree(user);
        List<KafkaRight> rights = new ArrayList<>();
        for (JsonNode rule : tree.at("/spec/authorization/acls")) {
            for (JsonNode operation : rule.path("operations")) {
                rights.add(of(rule.path("resource"), operation.asText()));
            }
        }
        return rights;
    }

    private static KafkaRight of(JsonNode resource, String operation) {
        return new KafkaRight(
                ResourceType.fromString(snake(resource.path("type").asText())),
                resource.path("patternType").asText().equals("prefix") ? PatternType.PREFIXED : PatternType.LITERAL,
                resource.path("name").asText(),
                AclOperation.fromString(snake(operation)));
    }

    /** {@code transactionalId} is {@code TRANSACTIONAL_ID} in Kafka. */
    private static String snake(String camel) {
        return camel.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    boolean matches(String resource) {
        return pattern == PatternType.PREFIXED ? resource.startsWith(name) : resource.equals(name);
    }

    AclBinding grantedTo(String user) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }
}
