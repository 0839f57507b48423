package io.foundling.console.delivery.silence;

import io.foundling.console.delivery.Receiver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The silences of all instances of Alertmanager that alerts are sent to. All are asked at once, and what they said
 * counts for five seconds, so that any number of open pages costs them little. Whoever asks waits for two seconds at most,
 * and one at a time: others get what was said before. An instance that does not answer is named, and nothing fails. Any
 * thread.
 */
public final class Silences implements AutoCloseable {

    static final Duration COUNTS_FOR = Duration.ofSeconds(5);

    /** Two questions, one after the other. */
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private static final Duration ALL_WITHIN = WITHIN.multipliedBy(2);
    private static final int MOST_THREADS = 8;
    private static final String TOO_LATE = "no answer within " + ALL_WITHIN.toSeconds() + " s";

    private final List<Instance> instances = new ArrayList<>();
    private final List<AskedInstance> unusable;
    private final InstantSource clock;
    private final Lock asking = new ReentrantLock();
    private final ExecutorService threads = Executors.newFixedThreadPool(MOST_THREADS, task -> {
        Thread thread = new Thread(task, "foundling-silences");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<SilenceState> said = Optional.empty();
    private volatile long askAtMs;

    /**
     * Makes one; it asks nothing before somebody wants to know.
     *
     * @param receivers those that are no Alertmanager are left out
     * @param unusable names of receivers that cannot be asked, because their files cannot be used here
     * @param application the ledger whose alerts are asked for
     * @param clock is not set back
     */
    public Silences(List<Receiver> receivers, List<String> unusable, String application, InstantSource clock) {
        for (Receiver receiver : receivers) {
            if (receiver.kind() instanceof Receiver.Alertmanager alertmanager) {
                alertmanager
                        .instances()
                        .forEach(address -> instances.add(new Instance(
                                receiver.name(), address, receiver.transport().atMost(WITHIN), application)));
            }
        }
        this.unusable = unusable.stream()
                .map(name -> new AskedInstance(
                        name, "", Optional.of("the console cannot use its settings; its log says why")))
                .toList();
        this.clock = clock;
    }

    /** Returns those of a console that knows no Alertmanager. */
    public static Silences none() {
        return new Silences(List.of(), List.of(), "", InstantSource.system());
    }

    /** Returns what all instances say. */
    public SilenceState now() {
        if (instances.isEmpty()) {
            return new SilenceState(unusable, List.of());
        }
        if (said.isEmpty()) {
            asking.lock();
        } else if (clock.millis() < askAtMs || !asking.tryLock()) {
            return said.get();
        }
        try {
            if (said.isEmpty() || clock.millis() >= askAtMs) {
                said = Optional.of(ask());
                askAtMs = clock.millis() + COUNTS_FOR.toMillis();
            }
            return said.get();
        } finally {
            asking.unlock();
        }
    }

    private SilenceState ask() {
        List<Callable<Instance.Said>> questions = instances.stream()
                .<Callable<Instance.Said>>map(each -> each::ask)
                .toList();
        List<AskedInstance> asked = new ArrayList<>();
        Map<Map<String, String>, HeldBack> alerts = new LinkedHashMap<>();
        try {
            List<Future<Instance.Said>> answers =
                    threads.invokeAll(questions, ALL_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < answers.size(); i++) {
                Instance.Said answer = answer(instances.get(i), answers.get(i));
                asked.add(answer.instance());
                answer.alerts().forEach(alert -> alerts.merge(alert.labels(), alert, HeldBack::with));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            instances.forEach(each -> asked.add(each.unanswered("the console is stopping")));
        }
        asked.addAll(unusable);
        return new SilenceState(asked, List.copyOf(alerts.values()));
    }

    private static Instance.Said answer(Instance instance, Future<Instance.Said> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (CancellationException late) {
            return new Instance.Said(instance.unanswered(TOO_LATE), List.of());
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
