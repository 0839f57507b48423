package io.foundling.topology.harness;

import io.foundling.topology.names.Nodes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The ledger as it runs for one of many partitions. A driver knows partition 0 only, and loops what is written to a
 * source back into itself: here the task gets another partition, and what goes to other tasks is put aside.
 */
final class PlacedLedger implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

    private static final Set<String> TO_OTHER_TASKS =
            Set.of(Nodes.CLOSURES, Nodes.PARENT_NOTES, Nodes.EXPECTATIONS, Nodes.ACCOUNTS_SENT);

    private final ProcessorSupplier<byte[], byte[], byte[], byte[]> ledger;
    private final int partition;
    private final List<Letter> aside;

    /** A record for another task, and the node through which it goes. */
    record Letter(String node, Record<byte[], byte[]> record) {}

    private record Position(String topic, int partition, long offset) implements RecordMetadata {}

    PlacedLedger(ProcessorSupplier<byte[], byte[], byte[], byte[]> ledger, int partition, List<Letter> aside) {
        this.ledger = ledger;
        this.partition = partition;
        this.aside = aside;
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return ledger.stores();
    }

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
        Processor<byte[], byte[], byte[], byte[]> processor = ledger.get();
        return new Processor<>() {
            @Override
            public void init(ProcessorContext<byte[], byte[]> context) {
                processor.init(placed(context));
            }

            @Override
            public void process(Record<byte[], byte[]> record) {
                processor.process(record);
            }

            @Override
            public void close() {
                processor.close();
            }
        };
    }

    @SuppressWarnings("unchecked")
    private ProcessorContext<byte[], byte[]> placed(ProcessorContext<byte[], byte[]> context) {
        return (ProcessorContext<byte[], byte[]>) Proxy.newProxyInstance(
                PlacedLedger.class.getClassLoader(),
                new Class<?>[] {ProcessorContext.class},
                (proxy, method, arguments) -> call(context, method, arguments));
    }

    @SuppressWarnings("unchecked")
    private Object call(ProcessorContext<byte[], byte[]> context, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("taskId")) {
            return new TaskId(0, partition);
        } else if (method.getName().equals("recordMetadata")) {
            return context.recordMetadata().map(found -> new Position(found.topic(), partition, found.offset()));
        } else if (method.getName().equals("forward")
                && TO_OTHER_TASKS.contains(child(arguments).orElse(""))) {
            aside.add(new Letter(child(arguments).orElseThrow(), (Record<byte[], byte[]>) arguments[0]));
            return null;
        }
        try {
            return method.invoke(context, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private static Optional<String> child(Object[] arguments) {
        return arguments.length == 2 ? Optional.of((String) arguments[1]) : Optional.empty();
    }
}
