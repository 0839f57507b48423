package io.foundling.service.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.console.delivery.FakeReceiver;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.LiveLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of Debian's Alertmanagers, which share silences, and page a receiver of the test. */
class AlertmanagerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path directory;

    private LocalStack stack;
    private AlertFeed feed;
    private FakeReceiver pager;
    private AlertmanagerProcess one;
    private AlertmanagerProcess two;
    private LiveNotify notify;

    @BeforeEach
    void start() throws Exception {
        AlertmanagerProcess.assumeInstalled();
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 1, "audit.events");
        feed = stack.closeFirst(new AlertFeed(stack));
        pager = stack.closeFirst(new FakeReceiver());
        String config = """
                route: {receiver: pager, group_by: [source], group_wait: 1s, group_interval: 1s, repeat_interval: 1h}
                receivers:
                  - name: pager
                    webhook_configs: [{url: "%s/page"}]
                """.formatted(pager.uri());
        one = stack.closeFirst(new AlertmanagerProcess(directory.resolve("one"), config, Optional.empty()));
        two = stack.closeFirst(new AlertmanagerProcess(directory.resolve("two"), config, Optional.of(one)));
        notify = LiveNotify.ready(stack, "one", """
                receivers:
                  - {name: alertmanager, kind: ALERTMANAGER, timeout: 1m, url: "%s,%s"}
                """.formatted(one.uri(), two.uri()));
    }

    @AfterEach
    void stop() {
        try {
            if (notify != null) {
                notify.close();
            }
        } finally {
            if (stack != null) {
                stack.close();
            }
        }
    }

    @Test
    void shouldShowWhatStandsWhenAnAlertFiresChangesResolvesAndFiresAgain() {
        // When, then
        feed.fires("declaration", 3);
        awaitBoth(alerts -> alerts.size() == 1 && count(alerts).equals("3"));
        assertThat(one.alerts().get(0).path("labels").path("application").asText())
                .isEqualTo("foundling");

        feed.fires("declaration", 7);
        awaitBoth(alerts -> alerts.size() == 1 && count(alerts).equals("7"));

        await().atMost(PATIENCE).until(() -> pages("firing") >= 1);
        feed.resolves("declaration");
        awaitBoth(List::isEmpty);
        await().atMost(PATIENCE).until(() -> pages("resolved") >= 1);
        long before = pages("firing");

        feed.fires("declaration", 1);
        awaitBoth(alerts -> alerts.size() == 1 && count(alerts).equals("1"));
        await().atMost(PATIENCE).until(() -> pages("firing") > before);
        assertThat(pager.bodies().get(0)).contains("\"fingerprint\"");
    }

    @Test
    void shouldHoldASilenceWhenTheAlertIsSentAgainAndChanges() {
        // Given
        one.silence("university");
        await().atMost(PATIENCE).until(() -> {
            feed.fires("declaration", 1);
            return isSilenced(one) && isSilenced(two);
        });

        // When
        feed.fires("declaration", 1_000);
        awaitBoth(alerts -> count(alerts).equals("1000"));

        // Then
        assertThat(isSilenced(one)).isTrue();
        assertThat(isSilenced(two)).isTrue();
    }

    @Test
    void shouldShowWhatStandsWhenEitherWasAway() throws Exception {
        // Given
        feed.fires("declaration", 1);
        awaitBoth(alerts -> alerts.size() == 1);

        // When
        two.close();
        feed.fires("invoice", 1);
        await().atMost(PATIENCE).until(() -> one.alerts().size() == 2);
        feed.resolves("declaration");
        await().atMost(PATIENCE).until(() -> stages(one).equals(Set.of("invoice")));
        two.start();

        // Then
        await().atMost(PATIENCE).until(() -> stages(two).equals(Set.of("invoice")));
        one.close();
        one.start();
        await().atMost(PATIENCE).until(() -> stages(one).equals(Set.of("invoice")));
    }

    @Test
    void shouldPageOnceWhenAPolicyChangesTheLabels() {
        // Given
        feed.fires("declaration", 1, "warning");
        await().atMost(PATIENCE).until(() -> pages("firing") == 1);

        // When
        feed.fires("declaration", 1, "critical");

        // Then
        awaitBoth(alerts -> alerts.size() == 1
                && alerts.get(0).path("labels").path("severity").asText().equals("critical"));
        await().atMost(PATIENCE).until(() -> pages("firing") >= 2);
        await().during(Duration.ofSeconds(5)).atMost(PATIENCE).until(() -> pages("firing") == 2);
        assertThat(pages("resolved")).isZero();
    }

    @Test
    void shouldShowEveryAlertOfAStorm() {
        // When
        for (int i = 0; i < 10_000; i++) {
            feed.fires("stage-" + i, 1);
        }

        // Then
        awaitBoth(alerts -> alerts.size() == 10_000);
    }

    private interface Expectation {
        boolean holds(List<JsonNode> alerts);
    }

    private void awaitBoth(Expectation expected) {
        await().atMost(PATIENCE).until(() -> expected.holds(one.alerts()) && expected.holds(two.alerts()));
    }

    private static String count(List<JsonNode> alerts) {
        return alerts.isEmpty()
                ? ""
                : alerts.get(0).path("annotations").path("count").asText();
    }

    private static Set<String> stages(AlertmanagerProcess alertmanager) {
        return alertmanager.alerts().stream()
                .map(alert -> alert.path("labels").path("stage").asText())
                .collect(Collectors.toSet());
    }

    private static boolean isSilenced(AlertmanagerProcess alertmanager) {
        return !alertmanager.alerts().isEmpty()
                && alertmanager.alerts().stream()
                        .allMatch(alert ->
                                alert.path("status").path("state").asText().equals("suppressed"));
    }

    /** How often the pager was called about a group in this status. */
    private long pages(String status) {
        return pager.bodies().stream()
                .filter(body -> body.contains("\"receiver\":\"pager\",\"status\":\"" + status + "\""))
                .count();
    }
}
