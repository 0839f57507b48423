package io.foundling.console.model.reading;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.DatabaseFailure;
import io.foundling.console.model.writing.BatchWriter;
import io.foundling.console.topics.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the read model up to date, on a thread of its own. After a failure, of the broker or of the database, everything
 * is opened anew; the database says where to go on.
 */
public final class ModelReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelReader.class);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(15);

    private final ReaderSettings settings;
    private final Database database;
    private final BatchWriter writer;
    private final ReaderListener listener;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Optional<String> problem = Optional.of("has not joined its group yet");
    private volatile List<Lag> lags = List.of();
    private int failures;

    /** @param erasedFor how long after an Erased later events of its subject stay out of the trail */
    public ModelReader(
            ReaderSettings settings,
            Database database,
            Duration erasedFor,
            ReaderListener listener,
            InstantSource clock) {
        this.settings = settings;
        this.database = database;
        this.listener = listener;
        this.clock = clock;
        writer = new BatchWriter(database, erasedFor);
        thread = new Thread(this::run, "console-reader");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Returns why the read model is not up to date; none if it is, or was when its partitions were shared out last. */
    public Optional<String> problem() {
        return problem;
    }

    /** Returns how far the topics are behind of which this process reads partitions. */
    public List<Lag> lags() {
        return lags;
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                try {
                    read();
                } catch (InterruptException stopping) {
                    return;
                } catch (RuntimeException | Error failed) {
                    wait(failed);
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        database.migrate();
        try (TopicAnswers answers = new BrokerAnswers(settings.kafka());
                GroupConsumer group = new GroupConsumer(settings);
                ReadSession session =
                        new ReadSession(settings, database, writer, listener, clock, answers, group.consumer())) {
            session.begin();
            while (closing.getCount() > 0) {
                session.poll();
                lags = session.lags();
                problem = session.problem();
                if (problem.isEmpty()) {
                    failures = 0;
                }
            }
        } finally {
            lags = List.of();
        }
    }

    private void wait(Throwable failed) throws InterruptedException {
        failures++;
        String why = failed instanceof FencedInstanceIdException
                ? "another process has the name of this instance, " + settings.instance()
                        + "; give each its own with instance or FOUNDLING_INSTANCE"
                : failed instanceof Error ? failed.toString() : DatabaseFailure.sentence(failed);
        if (!problem.equals(Optional.of(why))) {
            LOG.warn("the read model cannot be kept up to date at present, trying again: {}", why);
        }
        problem = Optional.of(why);
        LOG.debug("details", failed);
        boolean ignored = closing.await(Backoff.ms(failures), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(ENDS_WITHIN.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
