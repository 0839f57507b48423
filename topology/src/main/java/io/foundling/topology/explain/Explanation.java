package io.foundling.topology.explain;

import io.foundling.audit.Disposition;
import java.util.List;
import java.util.Optional;

/**
 * Why a subject has its status, deadline and warnings.
 *
 * @param computed the disposition that the rules give; none if the subject has no status
 * @param sections in the order of their topics, without empty ones
 */
public record Explanation(String subjectKey, Optional<Disposition> computed, List<Section> sections) {

    public Explanation {
        sections =
                sections.stream().filter(section -> !section.steps().isEmpty()).toList();
    }

    /** Whether the rules give what is published. */
    public boolean agrees() {
        return sections.stream().noneMatch(section -> section.topic() == Topic.DIFFERENCES);
    }

    /** Returns the explanation as plain text, one line a step. The same evidence gives the same text. */
    public String text() {
        return TextForm.of(this);
    }
}
