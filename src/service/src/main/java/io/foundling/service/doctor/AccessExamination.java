package io.foundling.service.doctor;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.topics.AccessCheck;
import io.foundling.service.topics.Broker;
import io.foundling.topology.topics.AccessRule;
import io.foundling.topology.topics.AccessRules;
import java.util.List;

/** Whether the brokers allow what the service does; what does not exist yet cannot be asked about. */
final class AccessExamination implements Examination {

    private final Broker broker;
    private final List<AccessRule> rules;

    AccessExamination(Broker broker, ServiceConfig config) {
        this.broker = broker;
        rules = AccessRules.ofService(config.instance().application(), config.sources());
    }

    @Override
    public List<Finding> findings() {
        List<String> missing = new AccessCheck(broker, rules).run();
        return missing.isEmpty()
                ? List.of(Finding.ok("nothing that is needed is denied"))
                : missing.stream().map(Finding::error).toList();
    }
}
