package io.foundling.bench.ledger;

import io.foundling.bench.Report;
import io.foundling.local.ChildJvm;
import io.foundling.local.LocalAlertmanager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Counts what people are sent when many records of several sources become orphans within an hour, and then come back: by
 * a webhook of notify, and by Alertmanager that groups by source. The hour is run in less time, and so is whatever the
 * two of them do every so often.
 */
public final class NotifyBench {

    private static final String USAGE = "usage: notify-bench [--orphans N] [--minutes N] [--quick]";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration UPDATE_EVERY = Duration.ofMinutes(5);
    private static final Duration GROUP_WAIT = Duration.ofSeconds(30);
    private static final Duration GROUP_INTERVAL = Duration.ofMinutes(5);
    private static final Duration REPEAT_INTERVAL = Duration.ofHours(12);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Longer than anything takes that is not measured here, such as a commit. */
    private static final Duration REST = Duration.ofSeconds(3);

    private final LedgerLab lab;
    private final int orphans;
    private final Duration time;

    /** @param time in which the hour is run */
    NotifyBench(LedgerLab lab, int orphans, Duration time) {
        this.lab = lab;
        this.orphans = orphans;
        this.time = time;
    }

    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(args));
        boolean quick = words.remove("--quick");
        int orphans;
        Duration time;
        try {
            orphans = (int) LedgerPlan.number(words, "--orphans", quick ? 2_400 : 1_000_000);
            time = quick ? Duration.ofSeconds(24) : Duration.ofMinutes(LedgerPlan.number(words, "--minutes", 6));
            if (!words.isEmpty()) {
                throw new IllegalArgumentException("'" + words.get(0) + "' is no option.");
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + USAGE);
            System.exit(2);
            return;
        }
        ServiceProcess.main(
                lab -> new NotifyBench(lab, orphans, time).run(new Report(ServiceProcess.TARGET.resolve("notify.md"))));
    }

    void run(Report report) throws Exception {
        try (MessageCount messages = new MessageCount();
                LocalAlertmanager alertmanager = LocalAlertmanager.startIn(
                        lab.directory().resolve("alertmanager"), routes(messages.pagerUrl()), Optional.empty());
                ServiceProcess service = new ServiceProcess(lab, 0);
                SourceTopic.Writer writer = new SourceTopic.Writer(lab)) {
            service.start(0);
            try (ChildJvm notify = notify(service.place(), messages, alertmanager)) {
                OrphanLoad load = new OrphanLoad(orphans, writer);
                load.defer(time);
                await("orphans, expected " + orphans, () -> counted(service, "") == orphans);
                Map<String, Long> lost = bySource(load, service);
                load.complete();
                await("messages that the alerts of all stages ended", () -> {
                    if (!notify.isAlive()) {
                        throw new BenchFailure("notify has ended: " + read(log(service.place())));
                    }
                    return load.stagesOfSources().stream().allMatch(stage -> hasEnded(messages, stage));
                });
                Thread.sleep(scaled(GROUP_INTERVAL).plus(REST).toMillis());
                report(report, load, lost, messages);
            }
        }
    }

    private void report(Report report, OrphanLoad load, Map<String, Long> lost, MessageCount messages) {
        report.paragraph(
                "%,d records become orphans at an even rate within an hour, which is run in %.1f min, and then come back. The"
                        + " webhook gets the newest count every 5 min (run in %.1f s); Alertmanager groups by source, with"
                        + " group_wait 30 s and group_interval 5 min, run in as much less.",
                orphans, time.toSeconds() / 60.0, scaled(UPDATE_EVERY).toMillis() / 1e3);
        report.head(
                "source",
                "stages",
                "orphans",
                "messages to the webhook",
                "that it fires",
                "newer counts",
                "that it ended",
                "notifications of Alertmanager");
        lost.forEach((source, count) -> row(report, source, load, count, messages));
        row(report, "", load, orphans, messages);
        report.endOfTable();
    }

    /** @param source empty for all */
    private static void row(Report report, String source, OrphanLoad load, long count, MessageCount messages) {
        List<OrphanLoad.Stage> stages = load.stagesOfSources().stream()
                .filter(stage -> stage.source().startsWith(source))
                .toList();
        long fires = stages.stream()
                .filter(stage -> messages.ofHook(each -> each.firing() && isAbout(each, stage)) > 0)
                .count();
        long firing = messages.ofHook(each -> each.firing() && isOf(each, source));
        long ended = messages.ofHook(each -> !each.firing() && isOf(each, source));
        report.row(
                source.isEmpty() ? "all" : source,
                stages.size(),
                String.format("%,d", count),
                firing + ended,
                fires,
                firing - fires,
                ended,
                messages.ofPager(each -> isOf(each, source)));
    }

    private static boolean isOf(MessageCount.Message message, String source) {
        return !message.source().isEmpty() && message.source().startsWith(source);
    }

    private static boolean isAbout(MessageCount.Message message, OrphanLoad.Stage stage) {
        return message.source().equals(stage.source()) && message.stage().equals(stage.name());
    }

    private static boolean hasEnded(MessageCount messages, OrphanLoad.Stage stage) {
        return messages.ofHook(each -> !each.firing() && isAbout(each, stage)) > 0;
    }

    private static Map<String, Long> bySource(OrphanLoad load, ServiceProcess service) {
        return load.stagesOfSources().stream()
                .map(OrphanLoad.Stage::source)
                .distinct()
                .collect(Collectors.toMap(
                        source -> source,
                        source -> counted(service, "source=\"" + source + "\""),
                        Long::sum,
                        LinkedHashMap::new));
    }

    private static long counted(ServiceProcess service, String part) {
        try {
            return (long) service.metric("foundling_orphans{", part);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("The run was interrupted.");
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        Patience patience = Patience.of(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (patience.isOver()) {
                throw new BenchFailure("Within " + PATIENCE.toMinutes() + " min there were not all " + what + ".");
            }
            patience.pause();
        }
    }

    private ChildJvm notify(Place place, MessageCount messages, LocalAlertmanager alertmanager) {
        String receivers =
                """
                receivers:
                  - {name: hook, kind: WEBHOOK, url: "%s", updateEvery: %dms}
                  - {name: alertmanager, kind: ALERTMANAGER, url: "%s"}
                """.formatted(messages.hookUrl(), scaled(UPDATE_EVERY).toMillis(), alertmanager.uri());
        Path log = log(place);
        ChildJvm notify = ChildJvm.start(place.directory(), log, FoundlingProgram.notify(place, receivers));
        try {
            Patience patience = Patience.of(PATIENCE);
            while (!read(log).contains("serves hook") || !read(log).contains("serves alertmanager")) {
                if (!notify.isAlive() || patience.isOver()) {
                    throw new BenchFailure("notify serves nobody: " + read(log));
                }
                patience.pause();
            }
            return notify;
        } catch (RuntimeException failed) {
            notify.close();
            throw failed;
        }
    }

    private static Path log(Place place) {
        return place.directory().resolve("notify.log");
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String routes(String pager) {
        return """
                route:
                  receiver: pager
                  group_by: [application, source]
                  group_wait: %dms
                  group_interval: %dms
                  repeat_interval: %dms
                receivers:
                  - name: pager
                    webhook_configs: [{url: "%s"}]
                """.formatted(
                        scaled(GROUP_WAIT).toMillis(),
                        scaled(GROUP_INTERVAL).toMillis(),
                        scaled(REPEAT_INTERVAL).toMillis(),
                        pager);
    }

    private Duration scaled(Duration ofAnHour) {
        return Duration.ofMillis(ofAnHour.toMillis() * time.toMillis() / HOUR.toMillis());
    }
}
