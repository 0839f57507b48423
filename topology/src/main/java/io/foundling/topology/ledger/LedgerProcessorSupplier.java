package io.foundling.topology.ledger;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Closure;
import io.foundling.topology.clock.AuditClockSource;
import io.foundling.topology.names.Nodes;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.store.Restoring;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.buffer.BufferedStoreBuilder;
import io.foundling.topology.task.LedgerListener;
import io.foundling.topology.task.ThreadTime;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes the ledger processor of each task, and its store. */
public final class LedgerProcessorSupplier implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

    private final LedgerSettings settings;
    private final Supplier<PolicySet> policies;
    private final AuditClockSource clocks;
    private final LedgerListener listener;
    private final Supplier<Deserializer<AuditEvent>> deserializers;
    private final Supplier<Deserializer<Closure>> closureDeserializers;
    private final Supplier<Serializer<SpecificRecord>> serializers;
    private final KeyValueBytesStoreSupplier store;
    private final ThreadTime time;
    private final Restoring restoring;

    /** Makes tasks that are never restored. */
    public LedgerProcessorSupplier(
            LedgerSettings settings,
            Supplier<PolicySet> policies,
            AuditClockSource clocks,
            LedgerListener listener,
            Supplier<Deserializer<AuditEvent>> deserializers,
            Supplier<Deserializer<Closure>> closureDeserializers,
            Supplier<Serializer<SpecificRecord>> serializers,
            KeyValueBytesStoreSupplier store,
            ThreadTime time) {
        this(
                settings,
                policies,
                clocks,
                listener,
                deserializers,
                closureDeserializers,
                serializers,
                store,
                time,
                Restoring.NEVER);
    }

    /**
     * @param policies those in force, which tasks take over when they have changed
     * @param store makes the store named {@link Nodes#LEDGER_STORE}
     * @param time which the tasks of a thread share
     */
    public LedgerProcessorSupplier(
            LedgerSettings settings,
            Supplier<PolicySet> policies,
            AuditClockSource clocks,
            LedgerListener listener,
            Supplier<Deserializer<AuditEvent>> deserializers,
            Supplier<Deserializer<Closure>> closureDeserializers,
            Supplier<Serializer<SpecificRecord>> serializers,
            KeyValueBytesStoreSupplier store,
            ThreadTime time,
            Restoring restoring) {
        this.settings = settings;
        this.policies = policies;
        this.clocks = clocks;
        this.listener = listener;
        this.deserializers = deserializers;
        this.closureDeserializers = closureDeserializers;
        this.serializers = serializers;
        this.store = store;
        this.time = time;
        this.restoring = restoring;
    }

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
        return new LedgerProcessor(
                settings,
                policies,
                clocks,
                listener,
                deserializers.get(),
                closureDeserializers.get(),
                serializers.get(),
                time,
                restoring);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(new BufferedStoreBuilder(store, StoreKeys.DERIVED));
    }
}
