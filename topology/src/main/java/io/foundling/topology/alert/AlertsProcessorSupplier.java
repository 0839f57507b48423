package io.foundling.topology.alert;

import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.store.Restoring;
import io.foundling.topology.store.buffer.BufferedStoreBuilder;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.ThreadTime;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes the alerts processor of each task, and its store. */
public final class AlertsProcessorSupplier implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

    private final LedgerSettings settings;
    private final Supplier<PolicySet> policies;
    private final LedgerListener listener;
    private final Supplier<Serializer<SpecificRecord>> serializers;
    private final KeyValueBytesStoreSupplier store;
    private final ThreadTime time;
    private final Restoring restoring;

    /** Makes tasks that are never restored. */
    public AlertsProcessorSupplier(
            LedgerSettings settings,
            Supplier<PolicySet> policies,
            LedgerListener listener,
            Supplier<Serializer<SpecificRecord>> serializers,
            KeyValueBytesStoreSupplier store,
            ThreadTime time) {
        this(settings, policies, listener, serializers, store, time, Restoring.NEVER);
    }

    /**
     * @param policies those in force, which tasks take over when they have changed
     * @param store makes the store named {@link io.foundling.topology.names.Nodes#ALERTS_STORE}
     * @param time which the tasks of a thread share
     */
    public AlertsProcessorSupplier(
            LedgerSettings settings,
            Supplier<PolicySet> policies,
            LedgerListener listener,
            Supplier<Serializer<SpecificRecord>> serializers,
            KeyValueBytesStoreSupplier store,
            ThreadTime time,
            Restoring restoring) {
        this.settings = settings;
        this.policies = policies;
        this.listener = listener;
        this.serializers = serializers;
        this.store = store;
        this.time = time;
        this.restoring = restoring;
    }

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
        return new AlertsProcessor(settings, policies, listener, serializers.get(), time, restoring);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(new BufferedStoreBuilder(store));
    }
}
