package io.foundling.console.delivery.alertmanager;

import io.foundling.console.delivery.AlertSink;
import io.foundling.console.delivery.DeliveryListener;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Progress;
import io.foundling.console.delivery.ProgressLog;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.SteadyClock;
import io.foundling.console.delivery.Worker;
import io.foundling.console.delivery.http.Answer;
import io.foundling.console.delivery.http.Endpoint;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Serves a cluster of Alertmanager, each instance from a thread of its own. Another thread writes progress, so that a
 * commit that hangs holds up no instance.
 */
public final class AlertmanagerSink implements AlertSink {

    private final StandingAlerts alerts = new StandingAlerts();
    private final List<Worker> workers = new ArrayList<>();
    private final SteadyClock clock;
    private final Runnable unwatch;

    /**
     * Starts the threads; they send nothing before {@link #begin}.
     *
     * @param mayServe whether this process is still the owner; nothing is sent while it may not be
     */
    public AlertmanagerSink(
            Receiver receiver,
            Receiver.Alertmanager kind,
            Presentation shown,
            ProgressLog progress,
            DeliveryListener listener,
            SteadyClock clock,
            BooleanSupplier mayServe) {
        this.clock = clock;
        List<Endpoint> endpoints =
                kind.instances().stream().map(uri -> endpoint(uri, receiver)).toList();
        Worker recorder = new Worker("notify-progress-" + receiver.name(), () -> record(progress), clock);
        workers.add(recorder);
        for (Endpoint endpoint : endpoints) {
            Instance instance = new Instance(receiver.name(), endpoint, shown, alerts, listener, clock, mayServe);
            Worker.Step step = () -> {
                long dueMs = instance.step();
                recorder.wake();
                return dueMs;
            };
            Worker worker = new Worker("notify-" + receiver.name() + '-' + endpoint.shown(), step, clock);
            listener.watch(receiver.name(), endpoint.shown(), instance::behindMs);
            workers.add(worker);
        }
        unwatch = () -> endpoints.forEach(each -> listener.watch(receiver.name(), each.shown(), () -> 0));
        workers.forEach(Worker::start);
    }

    /** Sends one alert to one instance. */
    public static Answer send(
            Notification alert, URI instance, Receiver receiver, Presentation shown, InstantSource clock)
            throws InterruptedException {
        byte[] body = AlertsPost.body(List.of(SentAlert.of(alert)), shown, clock.instant());
        return endpoint(instance, receiver).post(body, Map.of());
    }

    /** Asks one instance how it is, and sends it nothing. */
    public static Answer ask(URI instance, Receiver receiver) throws InterruptedException {
        return new Endpoint(api(instance, "status"), receiver.transport()).ask("GET");
    }

    private static Endpoint endpoint(URI instance, Receiver receiver) {
        return new Endpoint(api(instance, "alerts"), receiver.transport());
    }

    private static URI api(URI instance, String path) {
        return URI.create(instance.toString().replaceFirst("/+$", "") + "/api/v2/" + path);
    }

    @Override
    public void restore(Progress progress) {
        alerts.restore(progress);
    }

    @Override
    public void changed(Notification change) {
        alerts.changed(change, clock.wall().instant());
        wake();
    }

    @Override
    public void removed(String key) {
        alerts.removed(key, clock.wall().instant());
        wake();
    }

    @Override
    public void unreadable(String key) {
        alerts.unreadable(key);
    }

    /** What ended before is sent for a while in any case, as Alertmanager forgets it by itself. */
    @Override
    public Map<String, Optional<Progress>> prepare(boolean first) {
        return Map.of();
    }

    @Override
    public void begin() {
        alerts.begin(clock.wall().instant());
        wake();
    }

    /** Progress is written by a thread of its own. */
    @Override
    public void handedOver() {}

    @Override
    public RuntimeException failure() {
        return workers.stream()
                .map(Worker::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        workers.forEach(Worker::close);
        unwatch.run();
    }

    private long record(ProgressLog progress) throws InterruptedException {
        progress.write(alerts.unwritten());
        return Worker.NEVER;
    }

    private void wake() {
        if (alerts.hasBegun()) {
            workers.forEach(Worker::wake);
        }
    }
}
