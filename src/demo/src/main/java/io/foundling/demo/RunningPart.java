package io.foundling.demo;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.metrics.BuildVersion;
import io.foundling.service.notify.NotifyService;

/** The delivery of alerts in this process, started as {@code notify} does. */
final class RunningNotify implements AutoCloseable {

    private final NotifyService service;
    private final Screen screen;

    private RunningNotify(NotifyService service, Screen screen) {
        this.service = service;
        this.screen = screen;
    }

    static RunningNotify start(ServiceConfig config, Screen screen) {
        RunningNotify running = new RunningNotify(new NotifyService(config, BuildVersion.text()), screen);
        Thread thread = new Thread(running::run, "demo-notify");
        thread.setDaemon(true);
        thread.start();
        return running;
    }

    private void run() {
        try {
            service.run();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            screen.event(LineKind.PROBLEM, "alerts are not delivered any more: " + failed.getMessage());
        }
    }

    int port() {
        return service.httpPort();
    }

    @Override
    public void close() {
        service.close();
    }
}
