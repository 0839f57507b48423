package io.foundling.service.topics;

import io.foundling.service.topics.TopicProblem.Severity;
import java.util.List;
import java.util.Set;

/**
 * What a {@link TopicCheck} found.
 *
 * @param partitions of every source topic; 0 unless all have the same
 * @param logAppendTimeSources source topics that are stamped on append
 */
public record TopicReport(List<TopicProblem> problems, int partitions, Set<String> logAppendTimeSources) {

    public TopicReport {
        problems = List.copyOf(problems);
        logAppendTimeSources = Set.copyOf(logAppendTimeSources);
    }

    /** Returns the sentences that forbid to start; the topics are usable if there is none. */
    public List<String> errors() {
        return sentences(Severity.ERROR);
    }

    /** Returns the sentences of everything that is not as declared but can be lived with. */
    public List<String> warnings() {
        return problems.stream()
                .filter(problem -> problem.severity() != Severity.ERROR)
                .map(TopicProblem::sentence)
                .toList();
    }

    /** Whether every topic is as declared. */
    public boolean asDeclared() {
        return problems.stream().allMatch(problem -> problem.severity() == Severity.ADVICE);
    }

    /** Returns what is wrong with one topic. */
    public List<TopicProblem> of(String topic) {
        return problems.stream()
                .filter(problem -> problem.topic().equals(topic))
                .toList();
    }

    private List<String> sentences(Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .map(TopicProblem::sentence)
                .toList();
    }
}
