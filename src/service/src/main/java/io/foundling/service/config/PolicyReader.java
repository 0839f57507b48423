package io.foundling.service.config;

import io.foundling.audit.SubjectKind;
import io.foundling.schemas.ParentKinds;
import io.foundling.topology.settings.Demands;
import io.foundling.topology.settings.DueTimes;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.PolicyMatch;
import io.foundling.topology.settings.Volume;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the policies. A policy with a problem is left out, and the problem is noted. */
final class PolicyReader {

    private final ConfigValues values;

    PolicyReader(ConfigValues values) {
        this.values = values;
    }

    List<Policy> read() {
        List<Policy> policies = new ArrayList<>();
        UniqueNames names = new UniqueNames(values, "policies[].name");
        for (WrittenItem written : values.items(ConfigSchema.POLICIES)) {
            if (!ExpectationReader.isExpectation(written)) {
                policy(written).ifPresent(policies::add);
            }
            WrittenValue name = written.settings().get(PolicyKeys.NAME.path());
            if (name != null) {
                names.add(name.text(), written.origin());
            }
        }
        return policies;
    }

    private Optional<Policy> policy(WrittenItem written) {
        Map<String, WrittenValue> settings = written.settings();
        if (!settings.containsKey(PolicyKeys.NAME.path())) {
            values.problem(written.origin(), "policies[].name is missing, expected a unique name for each policy");
        }
        var kind = values.found(PolicyKeys.KIND, settings);
        var source = values.found(PolicyKeys.SOURCE, settings);
        var stage = values.found(PolicyKeys.STAGE, settings);
        var status = values.found(PolicyKeys.STATUS, settings);
        var window = values.found(PolicyKeys.WINDOW, settings);
        var grace = found(PolicyKeys.GRACE, settings);
        var repeat = values.found(PolicyKeys.REPEAT, settings);
        ZoneId zone = found(PolicyKeys.ZONE, settings);
        Demands demands = new Demands(
                values.found(PolicyKeys.EXPECTS_OUTPUT, settings).orElse(Boolean.FALSE),
                values.found(PolicyKeys.SINGLE_RUN, settings),
                freshBy(written, zone),
                volume(settings, zone),
                values.found(PolicyKeys.MEMBER_COUNT, settings));
        boolean isStatusLeft = demands.equals(Demands.NONE) || status.isEmpty();
        if (!isStatusLeft) {
            values.problem(
                    written.origin(),
                    "policies[].status is %s beside expectsOutput, singleRun, freshBy, volumePercent or memberCount, expected none there"
                            .formatted(status.get()));
        }
        boolean isOfScopes = !demands.isOfScopesOnly()
                || kind.map(found -> found == SubjectKind.SCOPE).orElse(true);
        if (!isOfScopes) {
            values.problem(
                    written.origin(),
                    "policies[].kind is %s beside singleRun or freshBy, expected SCOPE or none there"
                            .formatted(kind.get()));
        }
        boolean hasMembers = demands.memberCount().isEmpty()
                || kind.map(ParentKinds::include).orElse(true);
        if (!hasMembers) {
            values.problem(
                    written.origin(),
                    "policies[].kind is %s beside memberCount, expected BATCH, EXPORT or none there"
                            .formatted(kind.get()));
        }
        return values.found(PolicyKeys.NAME, settings)
                .filter(name -> isStatusLeft && isOfScopes && hasMembers)
                .map(name ->
                        new Policy(name, new PolicyMatch(kind, source, stage, status), window, grace, repeat, demands));
    }

    private Optional<DueTimes> freshBy(WrittenItem written, ZoneId zone) {
        Map<String, WrittenValue> settings = written.settings();
        Set<LocalDate> holidays = found(PolicyKeys.HOLIDAYS, settings);
        if (!holidays.isEmpty() && !settings.containsKey(PolicyKeys.FRESH_BY.path())) {
            values.problem(
                    written.origin(), "policies[].holidays has no effect without freshBy, expected policies[].freshBy");
        }
        return values.found(PolicyKeys.FRESH_BY, settings).flatMap(cron -> {
            try {
                return Optional.of(DueTimes.of(cron, zone, holidays));
            } catch (IllegalArgumentException wrong) {
                values.problem(
                        written.origin(),
                        "policies[].freshBy is '%s', expected a cron expression of five fields such as 0 7 * * MON-FRI: %s"
                                .formatted(cron, wrong.getMessage()));
                return Optional.empty();
            }
        });
    }

    private Optional<Volume> volume(Map<String, WrittenValue> settings, ZoneId zone) {
        long floor = found(PolicyKeys.VOLUME_FLOOR, settings);
        boolean monthEnds = found(PolicyKeys.VOLUME_MONTH_ENDS, settings);
        return values.found(PolicyKeys.VOLUME_PERCENT, settings)
                .map(percent -> new Volume(percent, floor, zone, monthEnds));
    }

    private <T> T found(ConfigKey<T> key, Map<String, WrittenValue> settings) {
        return values.found(key, settings).orElseGet(key::defaultValue);
    }

    /** Reads what policies add to alerts. Problems of what {@link #read} reads, too, are noted there. */
    List<PolicyAlert> readAdditions() {
        List<PolicyAlert> additions = new ArrayList<>();
        ConfigValues quiet = new ConfigValues();
        for (WrittenItem written : values.items(ConfigSchema.POLICIES)) {
            if (ExpectationReader.isExpectation(written)) {
                continue;
            }
            Map<String, WrittenValue> settings = written.settings();
            try {
                additions.add(new PolicyAlert(
                        quiet.found(PolicyKeys.NAME, settings).orElse(""),
                        quiet.found(PolicyKeys.KIND, settings),
                        quiet.found(PolicyKeys.SOURCE, settings),
                        quiet.found(PolicyKeys.STAGE, settings),
                        values.found(PolicyKeys.SEVERITY, settings),
                        labels(written),
                        texts(PolicyKeys.ANNOTATIONS, settings)));
            } catch (IllegalArgumentException wrong) {
                values.problem(written.origin(), "policies[]." + wrong.getMessage());
            }
        }
        additions.removeIf(PolicyAlert::isEmpty);
        return additions;
    }

    private Map<String, String> labels(WrittenItem written) {
        Map<String, String> labels = texts(PolicyKeys.LABELS, written.settings());
        values.found(PolicyKeys.OWNER, written.settings()).ifPresent(owner -> {
            if (labels.put(PolicyAlert.OWNER, owner) != null) {
                values.problem(
                        written.origin(),
                        "policies[].labels names 'owner' beside policies[].owner, expected only one of them");
            }
        });
        return labels;
    }

    private static Map<String, String> texts(ConfigKey<?> open, Map<String, WrittenValue> settings) {
        Map<String, String> texts = new HashMap<>();
        ConfigValues.section(open, settings).forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }
}
