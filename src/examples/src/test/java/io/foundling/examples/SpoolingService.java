package io.foundling.examples;

import io.foundling.audit.Subject;
import io.foundling.client.AuditRecorder;
import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.NotDurableException;
import io.foundling.schemas.SubjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A service that is going to be killed: {@code SpoolingService FIRST_NUMBER PACE_MICROS} reports from four threads and
 * prints {@code key number millis .} after each call; {@code SpoolingService} only empties the spool.
 */
final class SpoolingService {

    private static final int THREADS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private SpoolingService() {}

    public static void main(String[] arguments) throws IOException {
        InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
        AuditRecorder recorder =
                KafkaAuditRecorder.builder().environment().metrics(metrics).build();
        if (arguments.length == 0) {
            empty(recorder, metrics);
            return;
        }
        for (int i = 0; i < THREADS; i++) {
            Subject subject = Reports.subject("thread-" + i);
            Thread thread = new Thread(
                    () -> report(recorder, subject, Integer.parseInt(arguments[0]), Long.parseLong(arguments[1])));
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(SpoolingService::end);
            thread.start();
        }
        // Until it is killed, or the test has ended without doing so.
        System.in.read();
        Runtime.getRuntime().halt(1);
    }

    private static void end(Thread thread, Throwable failure) {
        failure.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    private static void report(AuditRecorder recorder, Subject subject, int firstNumber, long paceMicros) {
        String key = SubjectKey.of(subject);
        for (int number = firstNumber; ; number++) {
            try {
                recorder.on(subject).detail(Integer.toString(number)).opened();
                // The end of the line distinguishes a complete line from one that the kill cut off.
                System.out.println(key + " " + number + " " + System.currentTimeMillis() + " .");
            } catch (NotDurableException slowDisk) {
                // Not promised, so not printed.
            }
            LockSupport.parkNanos(1_000 * paceMicros);
        }
    }

    private static void empty(AuditRecorder recorder, InMemoryRecorderMetrics metrics) {
        recorder.close(LIMIT);
        System.out.println(metrics.writtenEvents() + " written, " + metrics.lostEvents() + " lost, "
                + metrics.gauges().spooledBytes() + " bytes left");
    }
}
