package io.foundling.demo;

import io.foundling.service.process.RunningProcess;

/** A process beside the ledger, such as {@code notify}, in this process. */
final class RunningPart implements AutoCloseable {

    private final String name;
    private final RunningProcess process;
    private final Screen screen;

    private RunningPart(String name, RunningProcess process, Screen screen) {
        this.name = name;
        this.process = process;
        this.screen = screen;
    }

    /** @param name of its command */
    static RunningPart start(String name, RunningProcess process, Screen screen) {
        RunningPart running = new RunningPart(name, process, screen);
        Thread thread = new Thread(running::run, "demo-" + name);
        thread.setDaemon(true);
        thread.start();
        return running;
    }

    private void run() {
        try {
            process.run();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            screen.event(LineKind.PROBLEM, name + " does not run any more: " + failed.getMessage());
        }
    }

    int port() {
        return process.httpPort();
    }

    @Override
    public void close() {
        process.close();
    }
}
