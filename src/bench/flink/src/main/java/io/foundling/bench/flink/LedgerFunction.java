package io.foundling.bench.flink;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.bench.job.SubjectFold;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Encodes a state once, for keyed state and output. A timer is set for each deadline and deleted with it. */
final class LedgerFunction extends KeyedProcessFunction<String, ReadEvent, Change> {

    private static final long serialVersionUID = 1L;

    private final String registryUrl;
    private final String output;
    private transient Deserializer<AuditEvent> events;
    private transient Serializer<Disposition> serializer;
    private transient Deserializer<Disposition> deserializer;
    private transient ValueState<byte[]> states;

    LedgerFunction(String registryUrl, String output) {
        this.registryUrl = registryUrl;
        this.output = output;
    }

    @Override
    public void open(OpenContext context) {
        Map<String, Object> registry = Map.of(AvroConfig.REGISTRY_URL, registryUrl);
        events = AvroSerdes.deserializer(registry, AuditEvent.class);
        serializer = AvroSerdes.serializer(registry, false);
        deserializer = AvroSerdes.deserializer(registry, Disposition.class);
        states = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("states", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(ReadEvent read, Context context, Collector<Change> out) throws IOException {
        AuditEvent event = events.deserialize(output, read.value);
        byte[] stored = states.value();
        Disposition known = stored == null ? null : deserializer.deserialize(output, stored);
        Disposition next = known == null ? SubjectFold.first(event) : SubjectFold.next(known, event);
        long before = known == null ? SubjectFold.NO_DEADLINE : SubjectFold.deadlineMs(known);
        long after = SubjectFold.deadlineMs(next);
        if (before != after) {
            move(context, before, after);
        }
        save(read.key, next, out);
    }

    @Override
    public void onTimer(long dueMs, OnTimerContext context, Collector<Change> out) throws IOException {
        Disposition known = deserializer.deserialize(output, states.value());
        long nowMs = context.timerService().currentWatermark();
        save(context.getCurrentKey(), SubjectFold.overdue(known, nowMs), out);
    }

    private static void move(Context context, long before, long after) {
        if (before != SubjectFold.NO_DEADLINE) {
            context.timerService().deleteEventTimeTimer(before);
        }
        if (after != SubjectFold.NO_DEADLINE) {
            context.timerService().registerEventTimeTimer(after);
        }
    }

    private void save(String key, Disposition state, Collector<Change> out) throws IOException {
        byte[] encoded = serializer.serialize(output, state);
        states.update(encoded);
        out.collect(new Change(key, encoded));
    }
}
