package io.foundling.client.internal.broker;

import java.util.Optional;

/** A producer that knows to which cluster it is connected. */
public interface ClusterNamed {

    /** Returns the id of the cluster; empty before the first metadata, or if the cluster has none. */
    Optional<String> cluster();
}
