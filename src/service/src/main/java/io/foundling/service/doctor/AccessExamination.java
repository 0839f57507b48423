package io.foundling.service.doctor;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.topics.AccessCheck;
import io.foundling.service.topics.Broker;
import io.foundling.topology.topics.AccessRule;
import io.foundling.topology.topics.AccessRules;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.resource.ResourceType;

/** Examines whether the brokers allow everything that the service does, as far as the topics and the group exist. */
final class AccessExamination implements Examination {

    private final Broker broker;
    private final List<AccessRule> rules;

    AccessExamination(Broker broker, ServiceConfig config) {
        this.broker = broker;
        rules = AccessRules.ofService(
                config.instance().application(), config.topics().contracts());
    }

    /** Brokers say nothing about transactional ids before one is used. */
    static Finding unexamined(List<AccessRule> rules) {
        String ids = rules.stream()
                .filter(rule -> rule.resource() == ResourceType.TRANSACTIONAL_ID)
                .map(AccessRule::name)
                .collect(Collectors.joining(", "));
        return Finding.skipped("the right to transactional ids that begin with " + ids
                + " cannot be examined; without it, the first transaction is denied");
    }

    @Override
    public List<Finding> findings() {
        List<String> missing = new AccessCheck(broker, rules).run();
        return missing.isEmpty()
                ? List.of(Finding.ok("nothing that is needed is denied"), unexamined(rules))
                : missing.stream().map(Finding::error).toList();
    }
}
