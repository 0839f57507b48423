package io.foundling.service.doctor;

import io.foundling.service.finding.Finding;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.settings.PolicyGaps;
import java.util.List;

/** Examines whether the policies cover everything that can wait. Needs only the configuration. */
final class PolicyExamination implements Examination {

    private final List<Policy> policies;

    PolicyExamination(List<Policy> policies) {
        this.policies = policies;
    }

    @Override
    public List<Finding> findings() {
        return List.of(new PolicyGaps(policies)
                .sentence()
                .map(Finding::warning)
                .orElseGet(() -> Finding.ok("the policies cover every kind and status")));
    }
}
