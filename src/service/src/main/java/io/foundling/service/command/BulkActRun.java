package io.foundling.service.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.service.asking.AskingException;
import io.foundling.service.asking.ConsoleClient;
import io.foundling.service.asking.Question;
import io.foundling.service.table.Printable;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs an act on many subjects: shows the count, asks whether it is right, and follows the act. For one command. */
final class BulkActRun {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final String ACTS = "acts";

    private final ConsoleClient client;
    private final PrintWriter out;
    private final PrintWriter err;

    BulkActRun(ConsoleClient client, PrintWriter out, PrintWriter err) {
        this.client = client;
        this.out = out;
        this.err = err;
    }

    int run(ObjectNode wanted, boolean isConfirmed) throws InterruptedException {
        ObjectNode counted = client.post(Question.of(ACTS), wanted);
        String act = counted.path("act").asText();
        String id = counted.path("id").asText();
        long subjects = counted.path("counted").asLong();
        err.println(act + " is for " + number(subjects) + " subjects"
                + (subjects == 0 ? "" : ", such as " + sample(counted)));
        if (subjects == 0) {
            return ExitCode.OK;
        }
        if (!isConfirmed && !isConfirmed(act, subjects)) {
            client.post(Question.of(ACTS + "/" + id + "/stop"), JsonNodeFactory.instance.objectNode());
            err.println("nothing was done");
            return ExitCode.OK;
        }
        ObjectNode confirmation = JsonNodeFactory.instance.objectNode().put("confirm", id);
        return end(followed(client.post(Question.of(ACTS), confirmation), id));
    }

    private static String sample(ObjectNode counted) {
        return counted.path("sample").isEmpty()
                ? "none"
                : Printable.line(counted.path("sample").get(0).asText());
    }

    private boolean isConfirmed(String act, long subjects) {
        Optional<Console> terminal = Optional.ofNullable(System.console());
        if (terminal.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    act + " is for " + number(subjects)
                            + " subjects; nothing was done, because nobody can be asked whether"
                            + " that is right: give --yes");
        }
        return "yes".equalsIgnoreCase(terminal.get().readLine("%s %s subjects? Type yes: ", act, number(subjects)));
    }

    private ObjectNode followed(ObjectNode begun, String id) throws InterruptedException {
        ObjectNode now = begun;
        try {
            while (now.path("endedAt").isNull()) {
                TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
                now = client.json(Question.of(ACTS + "/" + id));
                err.println(progress(now));
            }
        } catch (AskingException lost) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    lost.getMessage() + "; if the console has ended, so has the act: repeat it with --id " + id);
        }
        return now;
    }

    private int end(ObjectNode act) {
        out.println(act.path("state").asText().toLowerCase(Locale.ROOT) + ": " + progress(act));
        if (act.path("problem").isTextual()) {
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    Printable.line(act.path("problem").asText()) + "; repeat it with --id "
                            + act.path("id").asText());
        }
        return act.path("failed").asLong() == 0 ? ExitCode.OK : ExitCode.UNAVAILABLE;
    }

    private static String progress(ObjectNode act) {
        return number(act.path("done").asLong()) + " recorded, "
                + number(act.path("skipped").asLong()) + " skipped, "
                + number(act.path("failed").asLong()) + " failed, "
                + number(act.path("left").asLong()) + " left";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
