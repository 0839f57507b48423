package io.foundling.topology.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proves rules T22. */
class PolicyGapsTest {

    private static final Optional<Duration> HOUR = Optional.of(Duration.ofHours(1));

    @Test
    void shouldListEveryKindWhenThereIsNoPolicy() {
        assertThat(gaps())
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("no policy covers RECORD, OPERATION, BATCH, EXPORT, SCOPE: a subject there"));
    }

    @Test
    void shouldFindNothingWhenAPolicyMatchesEverything() {
        assertThat(gaps(policy(null, null, null, null, HOUR))).isEmpty();
    }

    @Test
    void shouldTakeAPolicyWithoutAWindowForADecision() {
        assertThat(gaps(policy(null, null, null, null, Optional.empty()))).isEmpty();
    }

    @Test
    void shouldListOnlyTheStatusesThatAreNotCovered() {
        assertThat(gaps(
                        policy(SubjectKind.RECORD, null, null, Status.DEFERRED, HOUR),
                        policy(SubjectKind.RECORD, null, null, Status.PENDING, HOUR)))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence)
                                .startsWith(
                                        "no policy covers RECORD in EXPECTED, OPEN, RETRYING; OPERATION, BATCH, EXPORT, SCOPE:"));
    }

    @Test
    void shouldSayWhichSourcesAreCoveredNevertheless() {
        assertThat(gaps(policy(SubjectKind.BATCH, "billing", "submit", null, HOUR)))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).contains("BATCH (except source billing, stage submit)"));
    }

    private static Optional<String> gaps(Policy... policies) {
        return new PolicyGaps(Arrays.asList(policies)).sentence();
    }

    private static Policy policy(
            SubjectKind kind, String source, String stage, Status status, Optional<Duration> window) {
        return new Policy(
                "p" + List.of(String.valueOf(kind), String.valueOf(status)),
                Optional.ofNullable(kind),
                Optional.ofNullable(source),
                Optional.ofNullable(stage),
                Optional.ofNullable(status),
                window,
                Duration.ZERO,
                Optional.empty());
    }
}
