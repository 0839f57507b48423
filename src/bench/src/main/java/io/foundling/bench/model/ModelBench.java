package io.foundling.bench.model;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.bench.Report;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.DatabaseSettings;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.upkeep.Upkeep;
import io.foundling.local.DirectoryTree;
import io.foundling.local.LocalPostgres;
import io.foundling.schemas.GeneratedClasses;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.topics.TopicContracts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Measures the read model with SQLite and with PostgreSQL: how many rows a second are written, how long questions take with
 * so many rows, alone and while rows are written, and how long it takes to delete the old part of the trail.
 */
public final class ModelBench {

    private static final String USAGE =
            "usage: model-bench [sqlite|postgresql] [--rows N] [--batch RECORDS] [--writing|--catch-up] [--quick]";
    private static final Path TARGET = Path.of("target");
    private static final long MAX_BYTES = 1L << 40;
    private static final int SCOPES = 20_000;
    private static final int IN_FLIGHT = 5_000;
    /** As for a database of some gigabytes: the defaults of PostgreSQL are for the smallest machines. */
    private static final Map<String, String> SERVER = Map.of("shared_buffers", "2GB", "max_wal_size", "8GB");

    private static final Duration DELETED_WITHIN = Duration.ofMinutes(30);

    private final Database database;
    private final ModelLoad load;
    private final Instant now;
    private final int rowsABatch;
    private final int times;
    private final Report report;

    ModelBench(Database database, int rows, int rowsABatch, int times, Report report) {
        this.database = database;
        this.rowsABatch = rowsABatch;
        this.times = times;
        this.report = report;
        now = Instant.now();
        load = new ModelLoad(rows, now);
    }

    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(args));
        boolean quick = words.remove("--quick");
        boolean isWritingOnly = words.remove("--writing");
        boolean isCatchingUp = words.remove("--catch-up");
        List<String> kinds = new ArrayList<>(List.of("sqlite", "postgresql"));
        if (!words.isEmpty() && kinds.contains(words.get(0))) {
            kinds.retainAll(List.of(words.remove(0)));
        }
        int rows;
        int batch;
        try {
            rows = number(words, "--rows", quick ? 20_000 : 1_000_000);
            batch = number(words, "--batch", 2_000);
            if (!words.isEmpty()) {
                throw new IllegalArgumentException("'" + words.get(0) + "' is no option.");
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + USAGE);
            System.exit(2);
            return;
        }
        Files.createDirectories(TARGET);
        Report report = new Report(TARGET.resolve("model.md"));
        Path directory = Files.createTempDirectory(TARGET, "model-").toAbsolutePath();
        try {
            for (String kind : kinds) {
                if (isCatchingUp) {
                    catchUp(kind, Files.createDirectories(directory.resolve(kind)), rows, report);
                    continue;
                }
                run(kind, directory, rows, batch, isWritingOnly ? 0 : quick ? 20 : 1_000, report);
            }
        } finally {
            DirectoryTree.delete(directory);
        }
        System.exit(0);
    }

    private static int number(List<String> words, String option, int otherwise) {
        int at = words.indexOf(option);
        if (at < 0) {
            return otherwise;
        }
        if (at + 1 == words.size() || !words.get(at + 1).matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(option + " needs a number above 0.");
        }
        words.remove(at);
        return Integer.parseInt(words.remove(at));
    }

    private static void catchUp(String kind, Path directory, int subjects, Report report) throws Exception {
        report.paragraph("%s, %,d subjects", kind, subjects);
        GeneratedClasses.trust();
        ModelLoad load = new ModelLoad(subjects, Instant.now());
        if (kind.equals("sqlite")) {
            new ModelCatchUp(settings("jdbc:sqlite:" + directory.resolve("model.db")), load, report)
                    .run(directory.resolve("stack"));
            return;
        }
        try (LocalPostgres server = LocalPostgres.startTemporary(SERVER)) {
            new ModelCatchUp(settings(server.create("model")), load, report).run(directory.resolve("stack"));
        }
    }

    private static DatabaseSettings settings(String url) {
        return new DatabaseSettings(url, Optional.empty(), Optional.empty(), MAX_BYTES);
    }

    private static void run(String kind, Path directory, int rows, int batch, int times, Report report)
            throws Exception {
        report.paragraph("%s, %,d rows of each table, batches of %,d", kind, rows, batch);
        if (kind.equals("sqlite")) {
            run("jdbc:sqlite:" + directory.resolve("model.db"), rows, batch, times, report);
            return;
        }
        try (LocalPostgres server = LocalPostgres.startTemporary(SERVER)) {
            run(server.create("model"), rows, batch, times, report);
        }
    }

    private static void run(String url, int rows, int batch, int times, Report report) throws Exception {
        try (Database database = new Database(settings(url))) {
            database.migrate();
            new ModelBench(database, rows, batch, times, report).run();
        }
    }

    void run() throws Exception {
        GeneratedClasses.trust();
        long writtenMs = now.toEpochMilli();
        try (ModelWriting dispositions =
                        new ModelWriting(database, Tables.DISPOSITION, "audit.dispositions", rowsABatch);
                ModelWriting orphans = new ModelWriting(database, Tables.ORPHAN, "audit.orphans", rowsABatch);
                ModelWriting events = new ModelWriting(database, Tables.EVENT, "audit.events", rowsABatch)) {
            report.head("written", "rows", "rows/s");
            write(dispositions, orphans, events, writtenMs);
            report.endOfTable();
            report.paragraph("The database has %,d MiB.", database.bytes() >> 20);
            if (times > 0) {
                ask(dispositions, writtenMs);
                deleteTrail(events);
            }
        }
    }

    private void write(ModelWriting dispositions, ModelWriting orphans, ModelWriting events, long writtenMs) {
        int rows = load.subjects();
        written(
                "new dispositions",
                rows,
                dispositions.write(Tables.DISPOSITION, rows, i -> disposition(i, ModelLoad.awaiting(i), writtenMs)));
        written(
                "new orphans",
                rows,
                orphans.write(
                        Tables.ORPHAN, rows, i -> new ModelWriting.Row<>(load.key(i), writtenMs, load.warning(i))));
        written(
                "events",
                rows,
                events.write(
                        Tables.EVENT,
                        rows,
                        i -> new ModelWriting.Row<>(load.key(i), load.entered(i).toEpochMilli(), load.event(i))));
        Random random = new Random(1);
        int changes = rows / 5;
        written("changed dispositions, any", changes, dispositions.write(Tables.DISPOSITION, changes, i -> {
            int number = random.nextInt(rows);
            return disposition(number, ModelLoad.awaiting(number), writtenMs);
        }));
        written(
                "dispositions of whole lives",
                3 * changes,
                dispositions.write(Tables.DISPOSITION, 3 * changes, i -> lives(i, 3 * changes, writtenMs)));
        dispositions.write(
                Tables.DISPOSITION,
                Math.min(SCOPES, rows),
                i -> new ModelWriting.Row<>(SubjectKey.of(load.scopeSubject(i)), writtenMs, load.scope(i)));
    }

    private void ask(ModelWriting dispositions, long writtenMs) throws InterruptedException {
        report.head("state", "question", "p50 ms", "p99 ms", "max ms");
        ModelQuestions questions = new ModelQuestions(load, new Queries(database), now);
        questions.measure(report, "alone", times);
        double beside = askWhileWriting(dispositions, questions, writtenMs);
        report.endOfTable();
        report.paragraph("Meanwhile %,.0f changed dispositions/s were written.", beside);
    }

    /** Of further subjects: each is deferred, and later submitted and completed, while others are deferred. */
    private ModelWriting.Row<Disposition> lives(int row, int rows, long writtenMs) {
        int subject = load.subjects() + row / 3;
        int behind = Math.min(IN_FLIGHT, rows / 9);
        return switch (row % 3) {
            case 0 -> disposition(subject, Status.DEFERRED, writtenMs);
            case 1 -> disposition(subject - behind, Status.PENDING, writtenMs);
            default -> disposition(subject - 2 * behind, Status.COMPLETED, writtenMs);
        };
    }

    private ModelWriting.Row<Disposition> disposition(int number, Status status, long writtenMs) {
        return new ModelWriting.Row<>(load.key(number), writtenMs, load.disposition(number, status));
    }

    private void written(String what, int rows, double rate) {
        report.row(what, String.format("%,d", rows), rate);
    }

    /** Returns how many rows a second were written meanwhile. */
    private double askWhileWriting(ModelWriting dispositions, ModelQuestions questions, long writtenMs)
            throws InterruptedException {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Double> rates = new ArrayList<>();
        Thread writer = new Thread(
                () -> {
                    Random random = new Random(2);
                    while (!isOver.get()) {
                        rates.add(dispositions.write(Tables.DISPOSITION, 10 * rowsABatch, i -> {
                            int number = random.nextInt(load.subjects());
                            return disposition(number, ModelLoad.awaiting(number), writtenMs);
                        }));
                    }
                },
                "bench-writer");
        writer.start();
        questions.measure(report, "while writing", times / 5 + 1);
        isOver.set(true);
        writer.join();
        return rates.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /** Deletes the older half of the events, as the upkeep does, while events are written. */
    private void deleteTrail(ModelWriting events) throws InterruptedException {
        InstantSource clock = InstantSource.fixed(now);
        long begunNs = System.nanoTime();
        long waitedNs = 0;
        int written = 0;
        try (Upkeep upkeep = new Upkeep(
                database, ModelTopic.of(TopicContracts.declared()), Duration.ofDays(7), Duration.ofMillis(10), clock)) {
            upkeep.start();
            while (oldEvents() > 0 && System.nanoTime() - begunNs < DELETED_WITHIN.toNanos()) {
                long batchNs = System.nanoTime();
                events.write(
                        Tables.EVENT,
                        rowsABatch,
                        i -> new ModelWriting.Row<>(load.key(i), now.toEpochMilli(), load.event(i)));
                waitedNs = Math.max(waitedNs, System.nanoTime() - batchNs);
                written += rowsABatch;
            }
        }
        double seconds = (System.nanoTime() - begunNs) / 1e9;
        report.paragraph(
                "The older half of the events, %,d rows, was deleted in %.1f s, while %,d were written; a batch took at"
                        + " most %.0f ms.",
                load.subjects() / 2, seconds, written, waitedNs / 1e6);
    }

    private int oldEvents() {
        return database.read(handle -> handle.createQuery(
                        "SELECT count(*) FROM (SELECT 1 FROM event WHERE appended_ms < :before LIMIT 1) AS old")
                .bind("before", now.minus(Duration.ofDays(7)).toEpochMilli())
                .mapTo(Integer.class)
                .one());
    }
}
