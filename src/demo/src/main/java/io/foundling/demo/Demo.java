package io.foundling.demo;

import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.TopicCreation;
import io.foundling.topology.topics.TopicContracts;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts everything on this machine, lets a pipeline run, shows what the ledger tells, and compares. */
final class Demo {

    /** Longer than the last story takes on a slow machine. */
    private static final Duration STORIES_END_WITHIN = Duration.ofSeconds(60);

    private static final Duration AGREES_WITHIN = Duration.ofSeconds(15);
    private static final Duration AGREES_FOR = Duration.ofSeconds(2);
    private static final Duration STATUS_IN_PLACE = Duration.ofMillis(500);
    private static final Duration STATUS_LINES = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofMillis(250);

    private final DemoOptions options;
    private final Screen screen;
    private final LedgerView view;
    private final Expectation expectation = new Expectation();
    private long statusNanos = System.nanoTime();

    private Demo(DemoOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
        this.view = new LedgerView(screen);
    }

    /**
     * Runs a demo to its end, or until the process is told to stop.
     *
     * @param out gets what a person watches
     * @param terminal whether that is a terminal
     * @param silence ends all logging; called when the process is told to stop: the registry may then go before the
     *     service, which would complain
     * @return whether all was as the pipeline intended
     * @throws DemoFailedException if something did not start, or stopped
     * @throws io.foundling.local.LocalStartException if broker or registry did not start
     */
    static boolean run(DemoOptions options, PrintWriter out, boolean terminal, Runnable silence)
            throws InterruptedException {
        long startMs = ManagementFactory.getRuntimeMXBean().getStartTime();
        Screen screen = new Screen(out, terminal, () -> System.currentTimeMillis() - startMs);
        AtomicBoolean toldToStop = new AtomicBoolean();
        Thread onStop = new Thread(
                () -> {
                    toldToStop.set(true);
                    silence.run();
                    screen.close();
                },
                "demo-stop");
        Runtime.getRuntime().addShutdownHook(onStop);
        try {
            return new Demo(options, screen).run();
        } catch (RuntimeException failure) {
            if (toldToStop.get()) {
                // Everything is being closed under its feet.
                return false;
            }
            throw failure;
        }
    }

    private boolean run() throws InterruptedException {
        try (LocalStack stack = startStack()) {
            ServiceConfig config = RunningService.config(stack);
            createTopics(config);
            OutputReader reader = new OutputReader(
                    stack.bootstrapServers(),
                    AvroSerdes.registryClient(config.avro().values()),
                    view);
            stack.closeFirst(reader);
            reader.start();
            RunningService service = startService(stack, config);
            Reporter reporter = new Reporter(stack, expectation);
            stack.closeFirst(reporter);
            FoulInput foulInput = new FoulInput(stack, expectation);
            stack.closeFirst(foulInput);
            Pipeline pipeline = new Pipeline(reporter, foulInput, expectation, view, screen);
            stack.closeFirst(pipeline);
            boolean agreed = watch(pipeline.start(options.duration()), service);
            if (options.keep()) {
                keep(stack, service);
            }
            screen.close();
            return agreed;
        }
    }

    private LocalStack startStack() {
        screen.event("start", "starting a Kafka broker and a schema registry ...");
        LocalStack stack = options.directory().map(LocalStack::startIn).orElseGet(LocalStack::startTemporary);
        screen.event(
                "start",
                "broker at " + stack.bootstrapServers() + ", registry at " + stack.registryUrl() + ", both under "
                        + stack.directory());
        return stack;
    }

    private void createTopics(ServiceConfig config) {
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE);
                RegistryClient registry =
                        AvroSerdes.registryClient(config.avro().values())) {
            TopicCreation creation = new TopicCreation(broker, TopicContracts.declared());
            int topics = creation.create(config.replicationFactor()).size();
            int schemas = creation.register(registry, Map.of()).size();
            screen.event("start", "created " + topics + " topics and registered " + schemas + " schemas");
        }
    }

    private RunningService startService(LocalStack stack, ServiceConfig config) throws InterruptedException {
        RunningService service = RunningService.start(config);
        stack.closeFirst(service);
        service.awaitReady();
        screen.event("start", "the service is ready at http://127.0.0.1:" + service.port());
        return service;
    }

    /** Shows the status until the stories have ended and the ledger agrees, and goes on agreeing. */
    private boolean watch(CompletableFuture<Void> stories, RunningService service) throws InterruptedException {
        long endNanos =
                System.nanoTime() + options.duration().plus(STORIES_END_WITHIN).toNanos();
        while (!stories.isDone() && System.nanoTime() < endNanos) {
            showStatus(service.figures());
            TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
        }
        failIfStoriesFailed(stories);
        long giveUpNanos = System.nanoTime() + AGREES_WITHIN.toNanos();
        long agreedNanos = System.nanoTime();
        while (System.nanoTime() < giveUpNanos && System.nanoTime() - agreedNanos < AGREES_FOR.toNanos()) {
            ServiceFigures figures = service.figures();
            if (!Account.differences(expectation.account(), view.account(figures))
                    .isEmpty()) {
                agreedNanos = System.nanoTime();
            }
            showStatus(figures);
            TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
        }
        Account seen = view.account(service.figures());
        Summary.print(screen, expectation.account(), seen, view.firstWarningSeconds());
        return Account.differences(expectation.account(), seen).isEmpty();
    }

    private static void failIfStoriesFailed(CompletableFuture<Void> stories) {
        try {
            stories.getNow(null);
        } catch (CompletionException failed) {
            throw new DemoFailedException("the pipeline broke: " + failed.getCause());
        }
    }

    private void showStatus(ServiceFigures figures) {
        Duration interval = screen.isTerminal() ? STATUS_IN_PLACE : STATUS_LINES;
        if (System.nanoTime() - statusNanos >= interval.toNanos()) {
            statusNanos = System.nanoTime();
            screen.status(view.status(figures));
        }
    }

    private void keep(LocalStack stack, RunningService service) throws InterruptedException {
        String addresses = String.format(
                Locale.ROOT,
                "--bootstrap-servers %s --schema-registry-url %s",
                stack.bootstrapServers(),
                stack.registryUrl());
        screen.text("");
        screen.text("Everything goes on running until Ctrl-C:");
        screen.text("  broker    " + stack.bootstrapServers());
        screen.text("  registry  " + stack.registryUrl());
        screen.text("  service   http://127.0.0.1:" + service.port() + " with /livez, /readyz and /metrics");
        screen.text("  files     " + stack.directory());
        screen.text("For example:");
        screen.text("  ./foundling tail orphans --from-beginning " + addresses);
        screen.text("  ./foundling tail dispositions --json --no-follow " + addresses);
        new CountDownLatch(1).await();
    }
}
