package io.foundling.client.internal.delivery;

import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderSetting;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.spool.Spool;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what was recorded for one Kafka cluster from being sent to another. The spool names its cluster as soon as that
 * is reached. If the brokers are of another cluster, what an earlier process left is not sent; a spool in which nothing
 * was left takes the new name. Spools of older versions name no cluster and are sent. One thread.
 */
final class SpoolCluster {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);

    private final Spool spool;
    private final BrokerLink link;
    private final boolean hasLeftovers;
    private boolean confirmed;

    SpoolCluster(Spool spool, BrokerLink link) {
        this.spool = spool;
        this.link = link;
        hasLeftovers = spool.first().compareTo(spool.written()) < 0;
    }

    /**
     * Returns why the spool must not be sent now: an {@link IOException} if that needs an operator, another failure if the
     * cluster was not reached; empty if it may be sent. The first call waits for the broker.
     */
    Optional<Throwable> objection() {
        if (confirmed) {
            return Optional.empty();
        }
        try {
            Optional<String> ours = link.cluster();
            Optional<String> named = spool.cluster();
            if (hasLeftovers
                    && ours.isPresent()
                    && named.filter(other -> !other.equals(ours.get())).isPresent()) {
                return Optional.of(new IOException(sentence(named.get(), ours.get())));
            }
            confirmed = true;
            if (ours.isPresent() && !ours.equals(named)) {
                name(ours.get());
            }
            return Optional.empty();
        } catch (IOException | RuntimeException failure) {
            return Optional.of(failure);
        }
    }

    /** A full disk must not keep events from being sent. */
    private void name(String id) {
        try {
            spool.nameCluster(id);
        } catch (IOException failure) {
            LOG.warn("cannot note in {} to which Kafka cluster its events are sent: {}", spool.directory(), failure);
        }
    }

    private String sentence(String named, String ours) {
        return "the spool in " + spool.directory() + " has audit events for the Kafka cluster " + named + ", and "
                + RecorderSetting.BOOTSTRAP_SERVERS.key() + " is the cluster " + ours
                + "; send them with brokers of the former, or delete the file cluster there if they are meant for the"
                + " latter";
    }
}
