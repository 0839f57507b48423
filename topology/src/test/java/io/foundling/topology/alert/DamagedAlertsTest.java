package io.foundling.topology.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.topology.account.Account;
import io.foundling.topology.account.Group;
import io.foundling.topology.store.NewerFormException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves rules S1, S2, and S3 for the alerts store: every kind of entry, damaged in every way, met on every path. */
final class DamagedAlertsTest {

    private static final String STANDING =
            Group.of(AlertType.ORPHANED, "s", "standing").key();
    private static final String GONE = Group.of(AlertType.ORPHANED, "s", "gone").key();
    private static final String NEXT = Group.of(AlertType.ORPHANED, "s", "next").key();

    private static Map<String, Byte> kinds() throws IllegalAccessException {
        Map<String, Byte> kinds = new TreeMap<>();
        for (Field field : AlertKeys.class.getDeclaredFields()) {
            if (field.getType() == byte.class && Modifier.isStatic(field.getModifiers())) {
                kinds.put(field.getName(), field.getByte(null));
            }
        }
        kinds.remove("RECEIVED");
        return kinds;
    }

    static Stream<Arguments> damages() throws IllegalAccessException {
        List<Arguments> all = new ArrayList<>();
        kinds().forEach((name, kind) -> {
            for (int length : new int[] {0, 1, 5, -1}) {
                all.add(Arguments.of(name, kind, length, false));
                all.add(Arguments.of(name, kind, length, true));
            }
        });
        return all.stream();
    }

    private static void send(AlertsHarness alerts, String group, long count) {
        alerts.send(account(group, count));
    }

    private static Account account(String group, long count) {
        return new Account(group, 0, count, 0, List.of(), false, 1, Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("damages")
    void shouldSetAsideWhatCannotBeDecodedAndGoOn(String name, byte kind, int length, boolean atTheStart) {
        try (AlertsHarness alerts = new AlertsHarness()) {
            // Given
            send(alerts, STANDING, 3);
            send(alerts, GONE, 2);
            alerts.look();
            boolean isMade = false;
            for (Map.Entry<Bytes, byte[]> each : alerts.contents().entrySet()) {
                if (each.getKey().get()[0] == kind) {
                    byte[] sound = each.getValue();
                    alerts.overwrite(
                            each.getKey(),
                            Arrays.copyOf(
                                    sound,
                                    length < 0 ? Math.max(0, sound.length - 1) : Math.min(length, sound.length)));
                    isMade = true;
                }
            }

            // When
            if (atTheStart) {
                alerts.restart();
            }
            send(alerts, GONE, 0);
            send(alerts, NEXT, 1);
            alerts.look();
            alerts.restart();
            send(alerts, STANDING, 4);
            alerts.look();
            alerts.look();

            // Then
            assertThat(isMade || name.equals("LOOK"))
                    .as("an entry of kind " + name)
                    .isTrue();
            Map<String, AlertStatus> last = new TreeMap<>();
            alerts.alerts()
                    .forEach(change ->
                            last.put(change.key(), change.value().orElseThrow().getStatus()));
            assertThat(last)
                    .containsEntry(STANDING, AlertStatus.FIRING)
                    .containsEntry(GONE, AlertStatus.RESOLVED)
                    .containsEntry(NEXT, AlertStatus.FIRING);
            assertThat(alerts.firing(AlertType.ORPHANED)).contains(2L);
            alerts.advance(Duration.ofDays(40));
            assertThat(alerts.setAside().values()).allMatch(count -> count == 0);
        }
    }

    @Test
    void shouldDropALookAtAGroupOfWhichNothingIsKept() {
        try (AlertsHarness alerts = new AlertsHarness()) {
            // Given
            alerts.overwrite(AlertKeys.look(alerts.now().toEpochMilli(), GONE), new byte[0]);
            alerts.restart();

            // When
            alerts.look();

            // Then
            assertThat(alerts.contents().keySet()).noneMatch(key -> key.get()[0] == AlertKeys.LOOK);
        }
    }

    @Test
    void shouldSetAnAccountAsideThatCannotBeDecodedWhenItIsReceived() {
        try (AlertsHarness alerts = new AlertsHarness()) {
            // When
            alerts.sendBytes(GONE, new byte[0]);
            alerts.sendBytes(GONE, new byte[] {2, 9});
            send(alerts, NEXT, 1);
            alerts.look();

            // Then
            assertThat(alerts.alertStory()).containsExactly("FIRING 1");
            assertThat(alerts.setAside()).containsEntry("received_account", 1L);
            assertThat(alerts.contents().entrySet().stream()
                            .filter(each -> each.getKey().get()[0] == 0x50)
                            .map(each -> each.getValue().length))
                    .as("a time only: nobody tells an alerts task which subjects are erased")
                    .containsExactly(Long.BYTES);
        }
    }

    @Test
    void shouldEndWithASentenceWhenAnAccountOfANewerBuildIsReceived() {
        try (AlertsHarness alerts = new AlertsHarness()) {
            // When / Then
            assertThatThrownBy(() -> alerts.sendBytes(GONE, new byte[] {4, 9}))
                    .hasRootCauseInstanceOf(NewerFormException.class)
                    .rootCause()
                    .hasMessageContaining("StoredAccount has version 4");
            assertThat(alerts.contents()).isEmpty();
        }
    }
}
