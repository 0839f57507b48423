package io.foundling.topology.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.topology.topics.TopicContract;
import io.foundling.topology.topics.TopicContracts;
import org.apache.kafka.common.internals.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicPrefixTest {

    @Test
    void shouldKeepTheDeclaredNamesWhenThePrefixIsTheDefault() {
        // When
        TopicContracts prefixed = TopicContracts.declared(TopicPrefix.DEFAULT);

        // Then
        assertThat(prefixed.all()).isEqualTo(TopicContracts.declared().all());
    }

    @Test
    void shouldRenameEveryTopicAndNothingElseOfIt() {
        // When
        TopicContracts prefixed = TopicContracts.declared(new TopicPrefix("team-a_"));

        // Then
        assertThat(prefixed.all())
                .extracting(TopicContract::name)
                .contains("team-a_events", "team-a_dead-letters", "team-a_closures")
                .allMatch(name -> name.startsWith("team-a_"));
        assertThat(prefixed.named("team-a_closures").isRead()).isTrue();
        assertThat(prefixed.named("team-a_events").isWritten()).isFalse();
        assertThat(prefixed.named("team-a_reconciliations").isWritten()).isTrue();
    }

    @Test
    void shouldGiveNamesThatKafkaAcceptsWhenThePrefixIsTheLongest() {
        // When
        TopicContracts prefixed = TopicContracts.declared(new TopicPrefix("x".repeat(200)));

        // Then
        assertThat(prefixed.all()).extracting(TopicContract::name).allSatisfy(Topic::validate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/", "ä.", "a*"})
    void shouldRefuseWhatKafkaWould(String text) {
        assertThatThrownBy(() -> new TopicPrefix(text)).hasMessageContaining("prefix is '" + text + "'");
        assertThatThrownBy(() -> new TopicPrefix("x".repeat(201))).hasMessageContaining("1 to 200");
    }
}
