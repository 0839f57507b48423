package io.foundling.service.topics;

import io.foundling.service.finding.Finding;

/**
 * A finding about one topic.
 *
 * @param isAsDeclared whether the topic is as topics.yaml declares it, and at odds only with the service's
 *     configuration
 */
public record TopicFinding(String topic, boolean isAsDeclared, Finding finding) {}
