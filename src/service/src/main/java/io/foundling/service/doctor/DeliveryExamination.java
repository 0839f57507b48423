package io.foundling.service.doctor;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.notify.NotifyCheck;
import io.foundling.service.topics.Broker;
import java.util.List;

/** Examines whether {@code notify} can read alerts, and read and write what receivers have got. */
final class DeliveryExamination implements Examination {

    private final NotifyCheck check;

    DeliveryExamination(Broker broker, ServiceConfig config) {
        check = new NotifyCheck(broker, config);
    }

    @Override
    public List<Finding> findings() {
        List<String> problems = check.problems();
        return problems.isEmpty()
                ? List.of(
                        Finding.ok("notify may read alerts, and write what receivers have got"),
                        AccessExamination.unexamined(check.rules()))
                : problems.stream()
                        .map(problem -> Finding.error("for notify, " + problem))
                        .toList();
    }
}
