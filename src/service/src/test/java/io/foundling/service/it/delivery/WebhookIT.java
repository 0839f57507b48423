package io.foundling.service.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.console.delivery.FakeReceiver;
import io.foundling.local.LocalStack;
import io.foundling.service.command.CommandRun;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private LocalStack stack;
    private AlertFeed feed;
    private FakeReceiver hook;

    @BeforeEach
    void start() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 1, "audit.events");
        feed = stack.closeFirst(new AlertFeed(stack));
        hook = new FakeReceiver();
    }

    @AfterEach
    void stop() {
        hook.close();
        stack.close();
    }

    @Test
    void shouldDeliverToOneWhileAnotherHangs() {
        // Given
        try (FakeReceiver silent = new FakeReceiver();
                LiveNotify notify = LiveNotify.ready(stack, "one", receivers(hook, "hook", silent, "silent"))) {
            silent.answers(FakeReceiver.HANG);

            // When
            for (int i = 0; i < 20; i++) {
                feed.fires("stage-" + i, 1);
            }

            // Then
            await().atMost(PATIENCE).until(() -> hook.posts().size() == 20);
            assertThat(silent.posts()).hasSizeLessThanOrEqualTo(1);
            await().atMost(PATIENCE)
                    .until(() -> notify.probes().metrics().sum("foundling_notification_age_seconds") > 0);
        }
    }

    @Test
    void shouldLetOneProcessServeAReceiverAndAnotherTakeOver() {
        // Given
        String settings = receivers(hook, "hook");
        LiveNotify first = LiveNotify.ready(stack, "one", settings);
        feed.fires("declaration", 1);
        await().atMost(PATIENCE).until(() -> hook.posts().size() == 1);

        // When
        try (LiveNotify second = LiveNotify.ready(stack, "two", settings)) {
            feed.fires("invoice", 1);
            await().atMost(PATIENCE).until(() -> hook.posts().size() == 2);
            assertThat(second.probes().metrics().sum("foundling_notify_active")).isZero();
            first.close();
            feed.resolves("declaration");

            // Then
            await().atMost(PATIENCE).until(() -> hook.posts().size() >= 3);
            assertThat(hook.ids())
                    .containsExactly(
                            AlertFeed.key("declaration") + "#1",
                            AlertFeed.key("invoice") + "#1",
                            AlertFeed.key("declaration") + "#2");
            assertThat(second.probes().metrics().sum("foundling_notify_active")).isEqualTo(1);
        }
    }

    @Test
    void shouldDeliverAStormOfTenThousandAlerts() {
        // Given
        try (LiveNotify notify = LiveNotify.ready(stack, "one", receivers(hook, "hook"))) {

            // When
            for (int i = 0; i < 10_000; i++) {
                feed.fires("stage-" + i, 1);
            }

            // Then
            await().atMost(PATIENCE.multipliedBy(5)).until(() -> hook.posts().size() >= 10_000);
            assertThat(hook.ids()).doesNotHaveDuplicates();
            await().atMost(PATIENCE)
                    .until(() -> notify.probes().metrics().sum("foundling_notifications_total") == 10_000);
        }
    }

    @Test
    void shouldRepeatAtMostTheDeliveryUnderWayWhenItIsKilled(@TempDir Path directory) throws Exception {
        // Given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path config = config(directory, receivers(hook, "hook"));
        ServiceProcess notify = stack.closeFirst(
                ServiceProcess.of(stack, directory, "one", config, Map.of()).running("notify"));
        int kills = 6;

        // When
        int stages = 0;
        for (int kill = 0; kill <= kills; kill++) {
            notify.start();
            notify.awaitReady();
            for (int i = 0; i < 60; i++) {
                feed.fires("stage-" + stages, 1);
                feed.resolves("stage-" + stages);
                stages++;
            }
            feed.flush();
            int enough = hook.posts().size() + 1 + random.nextInt(60);
            await().atMost(PATIENCE).until(() -> hook.posts().size() >= enough);
            if (kill < kills) {
                notify.kill();
            }
        }

        // Then
        int all = 2 * stages;
        await("seed " + seed).atMost(PATIENCE).until(() -> new HashSet<>(hook.ids()).size() == all);
        List<String> repeated = repeated(hook.ids());
        assertThat(repeated).as("seed %d", seed).hasSizeLessThanOrEqualTo(kills);
        assertOrder(hook.ids());
    }

    @Test
    void shouldNotPutProgressBackWhenASuspendedProcessWakesUp(@TempDir Path directory) throws Exception {
        // Given
        Path config = config(directory, receivers(hook, "hook"));
        ServiceProcess zombie = stack.closeFirst(
                ServiceProcess.of(stack, directory, "zombie", config, Map.of()).running("notify"));
        zombie.start().awaitReady();
        feed.fires("declaration", 1);
        await().atMost(PATIENCE).until(() -> hook.ids().contains(AlertFeed.key("declaration") + "#1"));
        zombie.suspend();
        feed.resolves("declaration");
        feed.flush();

        // When
        try (LiveNotify second = LiveNotify.ready(stack, "second", receivers(hook, "hook"))) {
            await().atMost(PATIENCE).until(() -> hook.ids().contains(AlertFeed.key("declaration") + "#2"));
            zombie.resume();
            feed.fires("declaration", 1);

            // Then
            await().atMost(PATIENCE).until(() -> hook.ids().contains(AlertFeed.key("declaration") + "#3"));
            assertThat(new HashSet<>(hook.ids())).hasSize(3);
            await().atMost(PATIENCE)
                    .until(() -> second.probes().metrics().sum("foundling_notify_active")
                                    + zombie.metrics().sum("foundling_notify_active")
                            == 1);
        }
    }

    @Test
    void shouldSayWhatCameBackWhenReceiversAreTested(@TempDir Path directory) throws IOException {
        // Given
        try (FakeReceiver other = new FakeReceiver()) {
            other.answers(403, "who are you");
            Path config = config(directory, receivers(hook, "hook", other, "other"));

            // When
            CommandRun run =
                    CommandRun.with(LiveLedger.environment(stack), "notify", "test", "--config", config.toString());

            // Then
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out().lines().toList())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("hook ")
                                    .contains("accepted")
                                    .endsWith("200"),
                            line -> assertThat(line)
                                    .startsWith("other ")
                                    .contains("failed")
                                    .endsWith("403 who are you; see receivers[].authorizationFile"));
            assertThat(hook.bodies().get(0)).contains("FoundlingTest");
        }
    }

    private static Path config(Path directory, String settings) throws IOException {
        return Files.writeString(directory.resolve("foundling.yaml"), settings);
    }

    private static String receivers(Object... receiversAndNames) {
        StringBuilder yaml = new StringBuilder("receivers:\n");
        for (int i = 0; i < receiversAndNames.length; i += 2) {
            yaml.append("  - {name: %s, kind: WEBHOOK, format: CLOUDEVENTS, timeout: 5m, url: \"%s/alerts\"}%n"
                    .formatted(receiversAndNames[i + 1], ((FakeReceiver) receiversAndNames[i]).uri()));
        }
        return yaml.toString();
    }

    private static List<String> repeated(List<String> ids) {
        Set<String> seen = new HashSet<>();
        List<String> repeated = new ArrayList<>();
        ids.stream().filter(id -> !seen.add(id)).forEach(repeated::add);
        return repeated;
    }

    /** Of each alert the first change came before the second, also if one of them came again. */
    private static void assertOrder(List<String> ids) {
        Map<String, Integer> last = new HashMap<>();
        for (String id : ids) {
            String key = id.substring(0, id.indexOf('#'));
            int version = Integer.parseInt(id.substring(id.indexOf('#') + 1));
            assertThat(version).as(id).isGreaterThanOrEqualTo(last.getOrDefault(key, 0));
            last.put(key, version);
        }
    }
}
