package io.foundling.service.doctor;

import io.foundling.service.bridge.BridgeCheck;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.topics.Broker;
import java.util.List;

/** Examines whether {@code bridge} can read its topics, and write events and dead letters. */
final class BridgeExamination implements Examination {

    private final BridgeCheck check;
    private final ServiceConfig config;

    BridgeExamination(Broker broker, ServiceConfig config) {
        check = new BridgeCheck(broker, config);
        this.config = config;
    }

    @Override
    public List<Finding> findings() {
        List<String> problems = check.problems();
        return problems.isEmpty()
                ? List.of(
                        Finding.ok("bridge may read its topics, and write events and dead letters"),
                        AccessExamination.unexamined(BridgeCheck.rules(config)))
                : problems.stream()
                        .map(problem -> Finding.error("for bridge, " + problem))
                        .toList();
    }
}
