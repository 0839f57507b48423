package io.foundling.service.command;

import com.fasterxml.jackson.databind.JsonNode;
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

/**
 * Runs an act on many subjects: shows the count, asks whether it is right, and follows the act to its end. An act with
 * the same id that was confirmed before is followed without a question. For one command.
 */
final class BulkActRun {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final String ACTS = "acts";

    /** So many questions in a row may stay without an answer: a proxy or a network may be away for some seconds. */
    private static final int UNANSWERED = 5;

    private final ConsoleClient client;
    private final PrintWriter out;
    private final PrintWriter err;
    private final String id;

    /** @param id of the act */
    BulkActRun(ConsoleClient client, PrintWriter out, PrintWriter err, String id) {
        this.client = client;
        this.out = out;
        this.err = err;
        this.id = id;
    }

    int run(ObjectNode wanted, boolean isConfirmed) throws InterruptedException {
        ObjectNode counted = client.post(Question.of(ACTS), wanted);
        String act = text(counted.path("act"));
        long subjects = counted.path("counted").asLong();
        err.println(act + " is for " + number(subjects) + " subjects"
                + (subjects == 0 ? "" : ", such as " + sample(counted)));
        if (!text(counted.path("state")).equals("PROPOSED")) {
            err.println("this act was confirmed before; it goes on");
            return end(followed(counted));
        }
        if (subjects == 0) {
            return ExitCode.OK;
        }
        if (!isConfirmed && !isConfirmed(act, subjects)) {
            client.post(Question.of(ACTS + "/" + id + "/stop"), JsonNodeFactory.instance.objectNode());
            err.println("nothing was done");
            return ExitCode.OK;
        }
        return end(followed(confirmed()));
    }

    private static String sample(ObjectNode counted) {
        return counted.path("sample").isEmpty()
                ? "none"
                : text(counted.path("sample").get(0));
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

    private ObjectNode confirmed() {
        try {
            return client.post(
                    Question.of(ACTS), JsonNodeFactory.instance.objectNode().put("confirm", id));
        } catch (AskingException lost) {
            if (lost.kind() != AskingException.Kind.UNAVAILABLE) {
                throw lost;
            }
            throw new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    lost.getMessage() + (lost.mayBeDone() ? "; the act may have begun" : "; the act has not begun")
                            + ": repeat it with --id " + id);
        }
    }

    private ObjectNode followed(ObjectNode begun) throws InterruptedException {
        ObjectNode now = begun;
        int unanswered = 0;
        while (now.path("endedAt").isNull()) {
            TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
            try {
                now = client.json(Question.of(ACTS + "/" + id));
                unanswered = 0;
                err.println(progress(now));
            } catch (AskingException lost) {
                unanswered++;
                if (lost.kind() != AskingException.Kind.UNAVAILABLE || unanswered == UNANSWERED) {
                    throw new CommandFailure(
                            ExitCode.UNAVAILABLE,
                            lost.getMessage() + "; if the console has ended, so has the act: repeat it with --id "
                                    + id);
                }
                err.println(lost.getMessage() + "; the command asks again");
            }
        }
        return now;
    }

    private int end(ObjectNode act) {
        String state = text(act.path("state"));
        out.println(state.toLowerCase(Locale.ROOT) + ": " + progress(act));
        if (act.path("problem").isTextual()) {
            throw new CommandFailure(ExitCode.UNAVAILABLE, text(act.path("problem")) + "; repeat it with --id " + id);
        }
        boolean isWhole = state.equals("DONE") && act.path("failed").asLong() == 0;
        return isWhole ? ExitCode.OK : ExitCode.UNAVAILABLE;
    }

    private static String progress(ObjectNode act) {
        return number(act.path("done").asLong()) + " recorded, "
                + number(act.path("skipped").asLong()) + " skipped, "
                + number(act.path("failed").asLong()) + " failed, "
                + number(act.path("left").asLong()) + " left";
    }

    private static String text(JsonNode said) {
        return Printable.line(said.asText());
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
