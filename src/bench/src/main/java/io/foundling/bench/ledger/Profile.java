package io.foundling.bench.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** Where the time of a recording went, by the top frame, by any frame and by thread; and what was allocated. */
final class Profile {

    private static final int LINES = 40;

    /** Native methods that wait, and so cost nothing. */
    private static final Pattern WAITING =
            Pattern.compile(".*(EPoll|accept|FileInputStream\\.readBytes|Net\\.poll|socketRead|waitFor|read0).*");

    private final Map<String, Long> tops = new HashMap<>();
    private final Map<String, Long> anywhere = new HashMap<>();
    private final Map<String, Long> threads = new HashMap<>();
    private final Map<String, Long> allocated = new HashMap<>();
    private final Map<String, Long> allocating = new HashMap<>();
    private long samples;

    private Profile() {}

    static Profile of(Path file) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                profile.add(recording.readEvent());
            }
        }
        return profile;
    }

    void print(PrintStream out) {
        print(out, "top frame, % of samples", tops, samples);
        print(out, "any frame, % of samples", anywhere, samples);
        print(out, "thread, % of samples", threads, samples);
        print(out, "allocated class, % of bytes", allocated, sum(allocated));
        print(out, "allocating method, % of bytes", allocating, sum(allocated));
    }

    private void add(RecordedEvent event) {
        RecordedStackTrace trace = event.getStackTrace();
        if (trace == null || trace.getFrames().isEmpty()) {
            return;
        }
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample", "jdk.NativeMethodSample" -> sampled(event, trace);
            case "jdk.ObjectAllocationSample" -> {
                long weight = event.getLong("weight");
                allocated.merge(event.getClass("objectClass").getName(), weight, Long::sum);
                inclusive(trace, allocating, weight);
            }
            default -> {
                // Of no interest here.
            }
        }
    }

    private void sampled(RecordedEvent event, RecordedStackTrace trace) {
        String top = name(trace.getFrames().get(0));
        if (WAITING.matcher(top).matches()) {
            return;
        }
        samples++;
        tops.merge(top, 1L, Long::sum);
        inclusive(trace, anywhere, 1);
        RecordedThread thread = event.getThread("sampledThread");
        if (thread != null && thread.getJavaName() != null) {
            threads.merge(thread.getJavaName(), 1L, Long::sum);
        }
    }

    /** A method that calls itself counts once. */
    private static void inclusive(RecordedStackTrace trace, Map<String, Long> counts, long weight) {
        Set<String> seen = new HashSet<>();
        for (RecordedFrame frame : trace.getFrames()) {
            if (seen.add(name(frame))) {
                counts.merge(name(frame), weight, Long::sum);
            }
        }
    }

    private static String name(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1)
                + '.'
                + frame.getMethod().getName();
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void print(PrintStream out, String title, Map<String, Long> counts, long all) {
        out.println(title);
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(LINES)
                .forEach(entry -> out.printf("  %5.1f  %s%n", 100.0 * entry.getValue() / all, entry.getKey()));
    }
}
