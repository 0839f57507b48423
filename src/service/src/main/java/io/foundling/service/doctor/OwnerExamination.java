package io.foundling.service.doctor;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.OwnerCheck;
import java.util.List;

/** Examines whether another application writes the output topics. */
final class OwnerExamination implements Examination {

    private final OwnerCheck check;

    OwnerExamination(Broker broker, ServiceConfig config) {
        check = new OwnerCheck(broker, config);
    }

    @Override
    public List<Finding> findings() {
        return check.run();
    }
}
