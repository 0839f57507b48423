package io.foundling.service.doctor;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.finding.Finding;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.TopicCheck;
import io.foundling.service.topics.TopicReport;
import io.foundling.topology.topics.TopicContracts;
import java.util.List;
import java.util.stream.Stream;

/** Examines whether the topics exist and are as topics.yaml declares them. */
final class TopicExamination implements Examination {

    private final TopicCheck check;
    private final int topics;

    TopicExamination(Broker broker, TopicContracts contracts, ServiceConfig config) {
        check = new TopicCheck(broker, contracts, config.ledger().retention().memory());
        topics = contracts.all().size();
    }

    @Override
    public List<Finding> findings() {
        TopicReport report = check.run();
        if (report.findings().isEmpty()) {
            return List.of(
                    Finding.ok(topics + " topics are as declared, " + report.partitions() + " partitions each source"));
        }
        return Stream.concat(
                        report.errors().stream().map(Finding::error),
                        report.warnings().stream().map(Finding::warning))
                .toList();
    }
}
