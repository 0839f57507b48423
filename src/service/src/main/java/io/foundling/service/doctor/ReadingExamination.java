package io.foundling.service.doctor;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.console.ConsoleCheck;
import io.foundling.service.finding.Finding;
import io.foundling.service.topics.Broker;
import java.util.List;

/** Examines whether {@code console} can read its topics, join its group and, if it takes acts, record them. */
final class ReadingExamination implements Examination {

    private final ConsoleCheck check;
    private final boolean acts;

    ReadingExamination(Broker broker, ServiceConfig config) {
        check = ConsoleCheck.of(broker, config);
        acts = config.console().acts().isGranted();
    }

    @Override
    public List<Finding> findings() {
        List<String> problems = check.problems();
        return problems.isEmpty()
                ? List.of(Finding.ok("console may read all topics, and join its group"
                        + (acts ? ", and record acts in the source topics" : "; it takes no acts")))
                : problems.stream()
                        .map(problem -> Finding.error("for console, " + problem))
                        .toList();
    }
}
