package io.foundling.demo;

import io.foundling.local.FreePorts;
import io.foundling.local.LocalStack;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.console.ConsoleService;
import io.foundling.service.metrics.BuildVersion;
import io.foundling.service.notify.NotifyService;
import io.foundling.service.topics.Broker;
import io.foundling.service.topics.TopicCreation;
import io.foundling.topology.topics.TopicContracts;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts everything on this machine, runs a pipeline, shows what the ledger emits, and compares it with what was intended. */
final class Demo {

    /** Longer than the last story takes on a slow machine. */
    private static final Duration STORIES_END_WITHIN = Duration.ofSeconds(60);

    private static final Duration AGREES_WITHIN = Duration.ofSeconds(15);
    private static final Duration AGREES_FOR = Duration.ofSeconds(2);
    private static final int USUAL_CONSOLE_PORT = 8090;
    private static final String EVENT = """
            {"subject": {"kind": "RECORD", "source": "me", "stage": "try", "id": "1"}, "fact": "Deferred"}""";
    private static final Duration STATUS_IN_PLACE = Duration.ofMillis(500);
    private static final Duration STATUS_LINES = Duration.ofSeconds(5);
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
     * Runs a demo to its end, or until the process is stopped.
     *
     * @param out gets what a person watches
     * @param escapes whether colours and cursor movements may be written there
     * @param silence ends all logging; called when the process is stopped: the registry may then end before the
     *     service, which would complain
     * @return whether everything was as the pipeline intended
     * @throws DemoFailedException if something did not start, or stopped
     * @throws io.foundling.local.LocalStartException if broker or registry did not start
     */
    static boolean run(DemoOptions options, PrintWriter out, boolean escapes, Runnable silence)
            throws InterruptedException {
        long startMs = ManagementFactory.getRuntimeMXBean().getStartTime();
        Screen screen = new Screen(out, escapes, () -> System.currentTimeMillis() - startMs);
        AtomicBoolean stopping = new AtomicBoolean();
        Thread onStop = new Thread(
                () -> {
                    stopping.set(true);
                    silence.run();
                    screen.close();
                },
                "demo-stop");
        Runtime.getRuntime().addShutdownHook(onStop);
        try {
            return new Demo(options, screen).run();
        } catch (RuntimeException failure) {
            if (stopping.get()) {
                // Everything that it uses is being closed.
                return false;
            }
            throw failure;
        }
    }

    private boolean run() throws InterruptedException {
        introduce();
        try (LocalStack stack = startStack()) {
            AlertInbox inbox = stack.closeFirst(new AlertInbox(screen));
            ServiceConfig config = RunningService.config(stack, inbox.url(), consolePort());
            createTopics(config);
            OutputReader reader = stack.closeFirst(new OutputReader(
                    stack.bootstrapServers(),
                    AvroSerdes.registryClient(config.avro().values()),
                    view));
            reader.start();
            RunningService service = startService(stack, config);
            RunningPart notify = stack.closeFirst(
                    RunningPart.start("notify", new NotifyService(config, BuildVersion.text()), screen));
            stack.closeFirst(RunningPart.start(
                    "console", new ConsoleService(config, Optional.empty(), BuildVersion.text()), screen));
            screen.event(LineKind.START, "pages and API are at " + pages(config));
            Reporter reporter = stack.closeFirst(new Reporter(stack, expectation));
            FoulInput foulInput = stack.closeFirst(new FoulInput(stack, expectation));
            Pipeline pipeline = stack.closeFirst(new Pipeline(reporter, foulInput, expectation, view, screen));
            boolean agreed = watch(pipeline.start(options.duration()), service);
            if (options.keep()) {
                keep(stack, service, notify, pages(config));
            }
            screen.close();
            return agreed;
        }
    }

    private LocalStack startStack() {
        screen.event(LineKind.START, "starting a Kafka broker and a schema registry ...");
        LocalStack stack = options.directory().map(LocalStack::startIn).orElseGet(LocalStack::startTemporary);
        screen.event(LineKind.START, "broker at " + stack.bootstrapServers() + ", registry at " + stack.registryUrl());
        screen.event(LineKind.START, "files in " + stack.directory());
        return stack;
    }

    private void createTopics(ServiceConfig config) {
        try (Broker broker = Broker.connect(config.kafka().values(), Broker.PATIENCE);
                RegistryClient registry =
                        AvroSerdes.registryClient(config.avro().values())) {
            TopicCreation creation = new TopicCreation(broker, TopicContracts.declared());
            int topics = creation.create(config.replicationFactor()).size();
            int schemas = creation.register(registry, Map.of()).size();
            screen.event(LineKind.START, "created " + topics + " topics and registered " + schemas + " schemas");
        }
    }

    private RunningService startService(LocalStack stack, ServiceConfig config) throws InterruptedException {
        RunningService service = stack.closeFirst(RunningService.start(config));
        service.awaitReady();
        screen.event(LineKind.START, "the service is ready at http://127.0.0.1:" + service.port());
        return service;
    }

    /** Shows the status until the stories have ended and the ledger has agreed with them for a while. */
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
            if (!PipelineResult.differences(expectation.account(), view.account(figures))
                    .isEmpty()) {
                agreedNanos = System.nanoTime();
            }
            showStatus(figures);
            TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
        }
        PipelineResult seen = view.account(service.figures());
        Comparison.print(screen, expectation.account(), seen, view.firstWarningSeconds());
        return PipelineResult.differences(expectation.account(), seen).isEmpty();
    }

    private static void failIfStoriesFailed(CompletableFuture<Void> stories) {
        try {
            stories.getNow(null);
        } catch (CompletionException failed) {
            throw new DemoFailedException("the pipeline broke: " + failed.getCause());
        }
    }

    private void showStatus(ServiceFigures figures) {
        Duration interval = screen.keepsStatusInPlace() ? STATUS_IN_PLACE : STATUS_LINES;
        if (System.nanoTime() - statusNanos >= interval.toNanos()) {
            statusNanos = System.nanoTime();
            screen.status(view.status(figures));
        }
    }

    private void introduce() {
        screen.text("A made-up pipeline defers declarations, submits them in payment runs, and loses some on purpose.");
        screen.text("Foundling reads what the pipeline reports, and warns of what does not come back in time.");
        screen.text("");
        screen.text("  " + legend(LineKind.PIPELINE, "the pipeline") + "     "
                + legend(LineKind.WARNING, "a warning is emitted") + "     "
                + legend(LineKind.ALERT, "an alert fires") + "       "
                + legend(LineKind.SETTLED_INCOMPLETE, "a batch is settled"));
        screen.text("  " + legend(LineKind.VIOLATION, "bad input") + "        "
                + legend(LineKind.RECOVERED, "the record recovered") + "     "
                + legend(LineKind.RESOLVED, "it is resolved") + "       "
                + legend(LineKind.WITHDRAWN, "the warning is withdrawn"));
        screen.text("  " + legend(LineKind.MESSAGE, "the alert reaches a receiver"));
        screen.text("");
    }

    private String legend(LineKind kind, String meaning) {
        return screen.painted(kind.colour(), kind.symbol() + " " + meaning);
    }

    /** Somebody who lets it run calls it at the usual address, as the front page does, if nothing else is there. */
    private int consolePort() {
        return options.keep() ? FreePorts.freePort(USUAL_CONSOLE_PORT) : FreePorts.freePort();
    }

    private static String pages(ServiceConfig config) {
        return "http://127.0.0.1:" + config.console().address().port();
    }

    private void keep(LocalStack stack, RunningService service, RunningPart notify, String pages)
            throws InterruptedException {
        screen.text("");
        screen.text("The pipeline has ended, so alerts that its sources are silent are right.");
        screen.text("Everything else keeps running until Ctrl-C:");
        screen.text("  broker    " + stack.bootstrapServers());
        screen.text("  registry  " + stack.registryUrl());
        screen.text("  service   http://127.0.0.1:" + service.port() + " with /livez, /readyz and /metrics");
        screen.text("  notify    http://127.0.0.1:" + notify.port() + ", sends alerts to a receiver in this process");
        screen.text("  console   " + pages + ", pages and API");
        screen.text("  files     " + stack.directory());
        screen.text("For example, in another terminal:");
        screen.text("  export FOUNDLING_KAFKA_BOOTSTRAP_SERVERS=" + stack.bootstrapServers());
        screen.text("  export FOUNDLING_AVRO_SCHEMA_REGISTRY_URL=" + stack.registryUrl());
        screen.text("  ./foundling tail orphans --from-beginning");
        screen.text("  ./foundling tail dispositions --json --no-follow");
        screen.text("  ./foundling list orphans --url " + pages);
        screen.text("  curl " + pages + "/api/v1/events -H 'Content-Type: application/json' -d \\");
        screen.text("    '" + EVENT + "'");
        new CountDownLatch(1).await();
    }
}
