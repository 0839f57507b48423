package io.foundling.service.policies;

import io.foundling.audit.Status;
import io.foundling.topology.settings.Demands;
import io.foundling.topology.settings.DueTimes;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.PolicyMatch;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.settings.Volume;
import io.foundling.topology.text.DurationText;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes policies as a configuration has them, without what is so by default. Comments of the file are not known. */
public final class PolicyYaml {

    private static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");
    private static final int WIDTH = 100;

    private PolicyYaml() {}

    public static String of(PolicySet policies) {
        Map<String, PolicyAlert> alerts = new LinkedHashMap<>();
        policies.alerts().forEach(alert -> alerts.put(alert.name(), alert));
        List<Map<String, Object>> items = new ArrayList<>();
        policies.policies()
                .forEach(policy -> items.add(policy(policy, Optional.ofNullable(alerts.get(policy.name())))));
        policies.expectations().forEach(expectation -> items.add(expectation(expectation)));
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(WIDTH);
        return new Yaml(options).dump(Map.of("policies", items));
    }

    private static Map<String, Object> policy(Policy policy, Optional<PolicyAlert> alert) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", policy.name());
        match(policy.match(), item);
        policy.window().ifPresent(window -> item.put("window", DurationText.of(window)));
        if (!policy.grace().isZero()) {
            item.put("grace", DurationText.of(policy.grace()));
        }
        policy.repeat().ifPresent(repeat -> item.put("repeat", DurationText.of(repeat)));
        demands(policy.demands(), item);
        alert.ifPresent(added -> {
            added.severity().ifPresent(severity -> item.put("severity", severity));
            Map<String, String> labels = new TreeMap<>(added.labels());
            Optional.ofNullable(labels.remove(PolicyAlert.OWNER)).ifPresent(owner -> item.put("owner", owner));
            putIfAny("labels", labels, item);
            putIfAny("annotations", new TreeMap<>(added.annotations()), item);
        });
        return item;
    }

    private static void match(PolicyMatch match, Map<String, Object> item) {
        match.kind().ifPresent(kind -> item.put("kind", kind.name()));
        match.source().ifPresent(source -> item.put("source", source));
        match.stage().ifPresent(stage -> item.put("stage", stage));
        match.status().map(Status::name).ifPresent(status -> item.put("status", status));
    }

    private static void demands(Demands demands, Map<String, Object> item) {
        if (demands.expectsOutput()) {
            item.put("expectsOutput", true);
        }
        demands.singleRun().ifPresent(run -> item.put("singleRun", run.name()));
        demands.freshBy().ifPresent(times -> {
            item.put("freshBy", times.cron());
            List<String> holidays =
                    times.holidays().stream().sorted().map(LocalDate::toString).toList();
            if (!holidays.isEmpty()) {
                item.put("holidays", holidays);
            }
        });
        demands.volume().ifPresent(volume -> {
            item.put("volumePercent", volume.percent());
            if (volume.floor() != 0) {
                item.put("volumeFloor", volume.floor());
            }
            if (volume.monthEnds()) {
                item.put("volumeMonthEnds", true);
            }
        });
        demands.freshBy()
                .map(DueTimes::zone)
                .or(() -> demands.volume().map(Volume::zone))
                .filter(zone -> !zone.equals(DEFAULT_ZONE))
                .ifPresent(zone -> item.put("zone", zone.getId()));
        demands.memberCount().ifPresent(count -> item.put("memberCount", count));
    }

    private static void putIfAny(String name, Map<String, String> texts, Map<String, Object> item) {
        if (!texts.isEmpty()) {
            item.put(name, texts);
        }
    }

    private static Map<String, Object> expectation(Expectation expectation) {
        Map<String, Object> after = new LinkedHashMap<>();
        match(expectation.after(), after);
        Map<String, Object> expected = new LinkedHashMap<>();
        Expectation.Expected subject = expectation.expected();
        subject.kind().ifPresent(kind -> expected.put("kind", kind.name()));
        subject.source().ifPresent(source -> expected.put("source", source));
        expected.put("stage", subject.stage());
        if (!subject.id().equals(Expectation.Expected.ID)) {
            expected.put("id", subject.id());
        }
        expected.put("within", DurationText.of(expectation.within()));
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", expectation.name());
        item.put("after", after);
        item.put("expect", expected);
        return item;
    }
}
