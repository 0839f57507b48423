package io.foundling.service.doctor;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.intake.IntakeCheck;
import io.foundling.service.topics.Broker;
import java.util.List;

/** Examines whether a process that takes events over HTTP can write into their topic. */
final class ReportingExamination implements Examination {

    private final IntakeCheck check;
    private final String topic;
    private final String process;

    /** @param process named by its command */
    ReportingExamination(Broker broker, ServiceConfig config, String process) {
        check = new IntakeCheck(broker, config);
        topic = config.intake().topic();
        this.process = process;
    }

    @Override
    public List<Finding> findings() {
        List<String> problems = check.problems();
        return problems.isEmpty()
                ? List.of(Finding.ok(process + " may write into " + topic))
                : problems.stream()
                        .map(problem -> Finding.error("for " + process + ", " + problem))
                        .toList();
    }
}
