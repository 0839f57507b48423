package io.foundling.service.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.finding.Finding;
import io.foundling.service.finding.Severity;
import io.foundling.topology.names.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the newest records of the output topics say about who may write there. */
final class OwnershipTest {

    private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

    private static Signature signature(String application, String topic, Instant at) {
        return new Signature(new TopicPartition(topic, 3), 41, at, application);
    }

    private static Finding judge(Set<String> predecessors, Signature... signatures) {
        return new Ownership("blue", predecessors).judge(Arrays.asList(signatures));
    }

    @Test
    void shouldPassWhenNothingIsSigned() {
        assertThat(judge(Set.of()).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void shouldPassWhenItWroteTheNewestRecordItself() {
        // When
        Finding found = judge(
                Set.of(),
                signature("green", "audit.settlements", NOW),
                signature("blue", "audit.clocks", NOW.plusMillis(1)));

        // Then
        assertThat(found.severity()).isEqualTo(Severity.OK);
    }

    @Test
    void shouldPassWhenItWroteAtTheSameTime() {
        // When
        Finding found =
                judge(Set.of(), signature("green", "audit.settlements", NOW), signature("blue", "audit.clocks", NOW));

        // Then
        assertThat(found.severity()).isEqualTo(Severity.OK);
    }

    @Test
    void shouldRefuseWhenAnotherWroteLater() {
        // When
        Finding found = judge(
                Set.of("older"),
                signature("older", "audit.orphans", NOW.minusSeconds(100)),
                signature("blue", "audit.clocks", NOW),
                signature("green", "audit.orphans", NOW.minusSeconds(1)),
                signature("green", "audit.dispositions", NOW.plusMillis(1)));

        // Then
        assertThat(found)
                .isEqualTo(Finding.error(
                        "application green wrote the newest record of topic audit.dispositions (partition 3, offset 41, at"
                                + " 2026-01-05T12:00:00.001Z), and application blue must not write the same topics: give it"
                                + " a topics.prefix of its own, or, if it is green under another name, set application to"
                                + " that; to take over from green, which must have stopped, set topics.predecessors to"
                                + " [green]"));
    }

    @Test
    void shouldRefuseWhenAnotherWroteAndItHasNot() {
        assertThat(judge(Set.of(), signature("green", "audit.clocks", NOW)).severity())
                .isEqualTo(Severity.ERROR);
    }

    @Test
    void shouldTakeOverFromItsPredecessorOnly() {
        // When
        Finding green = judge(Set.of("green"), signature("green", "audit.clocks", NOW));
        Finding red = judge(
                Set.of("green"),
                signature("green", "audit.clocks", NOW),
                signature("red", "audit.clocks", NOW.minusSeconds(1)));

        // Then
        assertThat(green).isEqualTo(Finding.ok("application blue takes over from green"));
        assertThat(red.severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void shouldSayThatPredecessorsAreNotNeededAnyMoreWhenItHasTakenOver() {
        // When
        Finding found = judge(
                Set.of("green"),
                signature("green", "audit.settlements", NOW),
                signature("blue", "audit.clocks", NOW.plusMillis(1)));

        // Then
        assertThat(found.severity()).isEqualTo(Severity.OK);
        assertThat(found.sentence()).contains("needs no topics.predecessors");
    }

    @Test
    void shouldTakeTheLastSignatureOfARecordAndNoneFromOneWithout() {
        // Given
        ConsumerRecord<byte[], byte[]> letter = new ConsumerRecord<>("audit.dead-letters", 1, 7, null, null);
        assertThat(Signature.of(letter)).isEmpty();

        // When
        letter.headers().add(Headers.APPLICATION, "green".getBytes(StandardCharsets.UTF_8));
        letter.headers().add(Headers.APPLICATION, "blue".getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(Signature.of(letter)).map(Signature::application).hasValue("blue");
        assertThat(List.of(Signature.of(letter).orElseThrow().offset())).containsExactly(7L);
    }
}
