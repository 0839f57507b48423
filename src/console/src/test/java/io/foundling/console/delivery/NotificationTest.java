package io.foundling.console.delivery;

import static io.foundling.console.delivery.Changes.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NotificationTest {

    private static final Instant END = FakeClock.START.plusSeconds(7);

    @Test
    void shouldFireUntilItIsResolved() {
        assertThat(Notification.of(KEY, 1, alert(AlertStatus.FIRING, null)).isFiring())
                .isTrue();
        assertThat(Notification.of(KEY, 2, alert(AlertStatus.RESOLVED, END)).endsAt())
                .contains(END);
    }

    @Test
    void shouldEndAtItsStartWhenNoEndIsKnown() {
        assertThat(Notification.of(KEY, 2, alert(AlertStatus.RESOLVED, null)).endsAt())
                .contains(FakeClock.START);
    }

    @Test
    void shouldShowCountAndSamplesBesideItsOwnAnnotations() {
        // When
        Map<String, String> texts = AlertTexts.annotations(Notification.of(KEY, 1, alert(AlertStatus.FIRING, null)));

        // Then
        assertThat(texts)
                .isEqualTo(Map.of("summary", "two are lost", "count", "2", "samples", "record/a/b/1, record/a/b/2"));
    }

    @Test
    void shouldHaveAnIdOfItsOwnWhenItEndsBecauseTheAlertWasRemoved() {
        // When
        Notification removed = Notification.removed(KEY, 7, Changes.LABELS, FakeClock.START, END);

        // Then
        assertThat(removed.id()).isEqualTo(KEY + "#7/removed");
        assertThat(removed.endsAt()).isEqualTo(Optional.of(END));
        assertThat(removed.type()).isEqualTo("ORPHANED");
    }

    private static Alert alert(AlertStatus status, Instant end) {
        return Alert.newBuilder()
                .setType(AlertType.ORPHANED)
                .setStatus(status)
                .setCount(2)
                .setSamples(List.of("record/a/b/1", "record/a/b/2"))
                .setLabels(Changes.LABELS)
                .setAnnotations(Map.of("summary", "two are lost"))
                .setStartsAt(FakeClock.START)
                .setEndsAt(end)
                .build();
    }
}
