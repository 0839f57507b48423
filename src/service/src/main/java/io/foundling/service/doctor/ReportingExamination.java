package io.foundling.service.doctor;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.intake.IntakeCheck;
import io.foundling.service.topics.Broker;
import java.util.List;

/** Examines whether {@code intake} can write into its topic. */
final class ReportingExamination implements Examination {

    private final IntakeCheck check;
    private final String topic;

    ReportingExamination(Broker broker, ServiceConfig config) {
        check = new IntakeCheck(broker, config);
        topic = config.intake().topic();
    }

    @Override
    public List<Finding> findings() {
        List<String> problems = check.problems();
        return problems.isEmpty()
                ? List.of(Finding.ok("intake may write into " + topic))
                : problems.stream()
                        .map(problem -> Finding.error("for intake, " + problem))
                        .toList();
    }
}
