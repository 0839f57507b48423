package io.foundling.service.config;

import io.foundling.topology.settings.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the policies. A policy with a problem is left out, and the problem is noted. */
final class PolicyReader {

    private final ConfigValues values;

    PolicyReader(ConfigValues values) {
        this.values = values;
    }

    List<Policy> read() {
        List<Policy> policies = new ArrayList<>();
        Map<String, Origin> names = new HashMap<>();
        for (WrittenPolicy written : values.policies()) {
            policy(written).ifPresent(policy -> {
                Origin first = names.putIfAbsent(policy.name(), written.origin());
                if (first != null) {
                    values.problem(
                            written.origin(),
                            "policies[].name '%s' is there twice, first in %s; names must be unique"
                                    .formatted(policy.name(), first.place()));
                }
                policies.add(policy);
            });
        }
        return policies;
    }

    private Optional<Policy> policy(WrittenPolicy written) {
        Map<String, WrittenValue> settings = written.settings();
        if (!settings.containsKey(ConfigKeys.POLICY_NAME.path())) {
            values.problem(written.origin(), "policies[].name is missing, expected a unique name for each policy");
        }
        var kind = values.found(ConfigKeys.POLICY_KIND, settings);
        var source = values.found(ConfigKeys.POLICY_SOURCE, settings);
        var stage = values.found(ConfigKeys.POLICY_STAGE, settings);
        var status = values.found(ConfigKeys.POLICY_STATUS, settings);
        var window = values.found(ConfigKeys.POLICY_WINDOW, settings);
        var grace = values.found(ConfigKeys.POLICY_GRACE, settings).orElseGet(ConfigKeys.POLICY_GRACE::defaultValue);
        var repeat = values.found(ConfigKeys.POLICY_REPEAT, settings);
        return values.found(ConfigKeys.POLICY_NAME, settings)
                .map(name -> new Policy(name, kind, source, stage, status, window, grace, repeat));
    }
}
