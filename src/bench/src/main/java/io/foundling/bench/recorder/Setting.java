package io.foundling.bench.recorder;

import io.foundling.audit.AuditEvent;
import java.util.Locale;
import java.util.stream.LongStream;
import org.apache.kafka.common.serialization.Serializer;

/** The conditions of a run: the machine, the JVM and the events. */
final class Setting {

    private static final long MIB = 1 << 20;

    private Setting() {}

    static String describe(Lab lab) {
        return String.format(
                Locale.ROOT,
                "%d cores (%s, Linux %s), Java %s, heap %d MiB; client, broker and callers share the cores. One call is"
                        + " one event of %.0f bytes in Avro, %,d calls/s where they are paced.",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                System.getProperty("os.version"),
                Runtime.version(),
                Runtime.getRuntime().maxMemory() / MIB,
                meanBytes(lab.siteWithoutBroker()),
                Plan.CALLS_PER_SECOND);
    }

    private static double meanBytes(Site site) {
        try (Serializer<AuditEvent> serializer = site.serializer()) {
            return LongStream.range(300_000, 300_003)
                    .mapToInt(n -> serializer.serialize(site.topic(), Workload.event(n, Workload.subject(n))).length)
                    .average()
                    .orElseThrow();
        }
    }
}
