package io.foundling.topology.explain;

import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.rules.LifecycleRulesContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every example of the rules, explained: the explanation agrees with the rules at every step, and reads as it is kept. */
final class ExplainedRulesTest extends LifecycleRulesContract {

    @RegisterExtension
    static final GoldenTexts GOLDEN = new GoldenTexts();

    /** Many examples try one thing in many ways: so many are kept of each. */
    private static final int TEXTS = 2;

    private final List<ExplainedSubject> subjects = new ArrayList<>();

    @Override
    public LifecycleUnderTest newSubject(NaiveSettings settings) {
        ExplainedSubject subject = new ExplainedSubject(settings);
        subjects.add(subject);
        return subject;
    }

    @AfterEach
    void compare() {
        GOLDEN.check(subjects.stream()
                .map(ExplainedSubject::explanation)
                .filter(Objects::nonNull)
                .map(Explanation::text)
                .distinct()
                .limit(TEXTS)
                .collect(Collectors.joining("\n")));
    }
}
