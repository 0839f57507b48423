package io.foundling.service.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.schemas.registry.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class UnreadableRecordsTest {

    private static final Consumer<String> FAILS = key -> {
        throw new IllegalStateException("status UNKNOWN");
    };

    private final UnreadableRecords unreadable = new UnreadableRecords();

    @Test
    void shouldNameTheFirstRecordThatNobodyReads() {
        // When
        unreadable.take(record(6, "a"), key -> {});
        unreadable.take(record(7, "b"), FAILS);
        unreadable.take(record(8, "c"), FAILS);

        // Then
        assertThat(unreadable.count()).isEqualTo(2);
        assertThat(unreadable.first()).contains("audit.alerts-2 at offset 7, key b: status UNKNOWN");
    }

    @Test
    void shouldCountARecordWithoutAKey() {
        // When
        unreadable.take(record(7, null), key -> {});

        // Then
        assertThat(unreadable.first()).contains("audit.alerts-2 at offset 7: it has no key");
    }

    @Test
    void shouldNotCountWhatALaterRecordReplaces() {
        // When
        unreadable.take(record(7, "b"), FAILS);
        unreadable.take(record(8, "b"), key -> {});

        // Then
        assertThat(unreadable.count()).isZero();
        assertThat(unreadable.first()).isEmpty();
    }

    @Test
    void shouldNotTakeARegistryThatIsDownForABadRecord() {
        // Given
        Consumer<String> down = key -> {
            throw new RegistryUnavailableException("down");
        };

        // When and then
        assertThatThrownBy(() -> unreadable.take(record(7, "b"), down))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThat(unreadable.count()).isZero();
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String key) {
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>("audit.alerts", 2, offset, bytes, null);
    }
}
