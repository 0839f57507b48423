package io.foundling.service.doctor;

import io.foundling.service.finding.Finding;
import io.foundling.service.topics.Broker;
import java.util.List;

/** Examines whether the cluster has enough brokers for replicationFactor. */
final class ClusterExamination implements Examination {

    private final Broker broker;
    private final int replicationFactor;

    ClusterExamination(Broker broker, int replicationFactor) {
        this.broker = broker;
        this.replicationFactor = replicationFactor;
    }

    @Override
    public List<Finding> findings() {
        int brokers = broker.size();
        if (replicationFactor > brokers) {
            return List.of(Finding.error("replicationFactor is " + replicationFactor + ", but the cluster has "
                    + brokers + " brokers; lower replicationFactor or add brokers"));
        }
        return List.of(Finding.ok(brokers + (brokers == 1 ? " broker answers" : " brokers answer")));
    }
}
