package io.foundling.topology.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.schemas.Contract;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.settings.LedgerSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicContractsTest {

    private static final String MINIMAL = """
            topics:
              - name: audit.events
                key: subject key
                value: AuditEvent
                partitions: 6
                partitionedLikeSources: true
                source: true
                config:
                  cleanup.policy: delete
                  retention.ms: 1000
                  message.timestamp.type: LogAppendTime
                  max.message.bytes: 1048588
                why: What services report.
            """;

    @Test
    void shouldDeclareEveryNamedTopicAndNoOther() {
        // Given
        List<String> constants = Arrays.stream(TopicNames.class.getFields())
                .map(TopicContractsTest::valueOf)
                .toList();

        // When
        List<String> declared = TopicContracts.declared().all().stream()
                .map(TopicContract::name)
                .toList();

        // Then
        assertThat(declared).containsExactlyElementsOf(constants);
    }

    @Test
    void shouldGiveWhatALedgerTaskReadsTheSamePartitionsWhenCountIsChanged() {
        // Given
        TopicContracts declared = TopicContracts.declared();
        assertThat(declared.named(TopicNames.CLOSURES).partitions())
                .isEqualTo(declared.named(TopicNames.EVENTS).partitions());

        // When
        TopicContracts changed = declared.withSources(List.of("a", "b")).withPartitions(12);

        // Then
        assertThat(changed.sources()).extracting(TopicContract::name).containsExactly("a", "b");
        assertThat(changed.sources()).extracting(TopicContract::partitions).containsOnly(12);
        assertThat(changed.named(TopicNames.CLOSURES).partitions()).isEqualTo(12);
        assertThat(changed.named(TopicNames.EXPECTATIONS).partitions()).isEqualTo(12);
        assertThat(changed.all().stream().filter(TopicContract::mustMatchSources))
                .extracting(TopicContract::name)
                .containsExactly("a", "b", TopicNames.CLOSURES, TopicNames.EXPECTATIONS);
        assertThat(changed.named(TopicNames.ALERTS).partitions())
                .isEqualTo(declared.named(TopicNames.ALERTS).partitions());
    }

    @Test
    void shouldStampSourcesOnAppendAndKeepThemNoLongerThanTheMemoryOfStones() {
        // When
        TopicContract source = TopicContracts.declared().named(TopicNames.EVENTS);

        // Then
        assertThat(source.timestampType()).isEqualTo(TopicContract.LOG_APPEND_TIME);
        assertThat(source.retention())
                .hasValue(LedgerSettings.Retention.defaults().memory());
        assertThat(source.contract()).hasValue(Contract.AUDIT_EVENT);
    }

    @Test
    void shouldLeaveRoomForHeadersWhenALargestRecordBecomesADeadLetter() {
        // When
        TopicContracts declared = TopicContracts.declared();

        // Then
        assertThat(declared.named(TopicNames.DEAD_LETTERS).maxMessageBytes())
                .isGreaterThan(2 * 1024 * 1024)
                .isGreaterThan(2 * declared.named(TopicNames.EVENTS).maxMessageBytes());
        assertThat(declared.named(TopicNames.DEAD_LETTERS).contract()).isEmpty();
    }

    /** kafkajs has no LZ4, which the service compresses with. */
    @Test
    void shouldCompressWhatPeopleReadSoThatEveryClientCanReadIt() {
        for (String topic :
                List.of(TopicNames.ORPHANS, TopicNames.SETTLEMENTS, TopicNames.ALERTS, TopicNames.DELIVERIES)) {
            assertThat(TopicContracts.declared().named(topic).config())
                    .as(topic)
                    .containsEntry(TopicContract.COMPRESSION, "gzip");
        }
    }

    @Test
    void shouldNameTheKeyWhenItIsUnknown() {
        assertThatThrownBy(() -> read(MINIMAL.replace("    key:", "    colour: red\n    key:")))
                .hasMessageContaining("colour");
    }

    @Test
    void shouldRefuseWhenAKeyIsMissingOrGivenTwice() {
        assertThatThrownBy(() -> read(MINIMAL.replace("    why: What services report.\n", "")))
                .hasMessage("line 2: topics[0] needs a key 'why'");
        assertThatThrownBy(() -> read(MINIMAL + "    why: Twice.\n"))
                .hasMessage("line 14: topics[0].why is there twice, first in line 13; keep one of them");
    }

    @Test
    void shouldRefuseWhenAValueIsOfTheWrongType() {
        assertThatThrownBy(() -> read(MINIMAL.replace("partitions: 6", "partitions: six")))
                .hasMessage("line 5: topics[0].partitions is 'six', expected a whole number");
        assertThatThrownBy(() -> read(MINIMAL.replace("source: true", "source: yes")))
                .hasMessage("line 7: topics[0].source is 'yes', expected true or false");
        assertThatThrownBy(() -> read("topics: {}")).hasMessage("line 1: topics is a mapping, expected a list");
        assertThatThrownBy(() -> read("topics: [")).hasMessageContaining("line 1: is not valid YAML");
    }

    @Test
    void shouldRefuseWhenAContractContradictsItself() {
        assertThatThrownBy(() -> read(MINIMAL.replace("AuditEvent", "Unheard")))
                .hasMessageContaining("value of audit.events is 'Unheard', must name a contract");
        assertThatThrownBy(() -> read(MINIMAL.replace("partitions: 6", "partitions: 0")))
                .hasMessageContaining("partitions of audit.events is 0");
        assertThatThrownBy(() -> read(MINIMAL.replace("      retention.ms: 1000\n", "")))
                .hasMessageContaining("retention.ms");
        assertThatThrownBy(() -> read(MINIMAL + MINIMAL.replace("topics:\n", "")))
                .hasMessageContaining("audit.events is declared twice");
        assertThatThrownBy(() -> read(MINIMAL.replace("      message.timestamp.type: LogAppendTime\n", "")))
                .hasMessageContaining("must name message.timestamp.type");
    }

    private static TopicContracts read(String yaml) throws IOException {
        return TopicContracts.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String valueOf(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(hidden);
        }
    }
}
