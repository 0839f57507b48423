package io.foundling.service.topics;

import io.foundling.service.finding.Finding;
import io.foundling.service.finding.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The result of a {@link TopicCheck}.
 *
 * @param findings errors and warnings, in the order of the topics
 * @param partitions of every source topic; 0 unless all have the same
 * @param logAppendTimeSources source topics that are stamped on append
 */
public record TopicReport(List<TopicFinding> findings, int partitions, Set<String> logAppendTimeSources) {

    public TopicReport {
        findings = List.copyOf(findings);
        logAppendTimeSources = Set.copyOf(logAppendTimeSources);
    }

    /** Returns the sentences of the errors; the topics are usable if there is none. */
    public List<String> errors() {
        return of(Severity.ERROR).map(Finding::sentence).toList();
    }

    /** Returns the sentences of what differs, or is at odds with the configuration, but lets the service run. */
    public List<String> warnings() {
        return of(Severity.WARNING).map(Finding::sentence).toList();
    }

    /** Whether every topic is as declared. */
    public boolean asDeclared() {
        return findings.stream().allMatch(TopicFinding::isAsDeclared);
    }

    /** Returns the findings about one topic. */
    public List<TopicFinding> of(String topic) {
        return findings.stream().filter(found -> found.topic().equals(topic)).toList();
    }

    private Stream<Finding> of(Severity severity) {
        return findings.stream().map(TopicFinding::finding).filter(finding -> finding.severity() == severity);
    }
}
