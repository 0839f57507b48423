package io.foundling.service.command;

import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.http.Answer;
import io.foundling.console.delivery.trial.TestAlert;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.notify.NotifyService;
import io.foundling.service.notify.Receivers;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code foundling notify test}. */
@Command(
        name = "test",
        description =
                "Sends one alert, FoundlingTest, to each address of each receiver, and prints what came back. It ends"
                        + " in Alertmanager by itself after five minutes. Needs no broker.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Whether each receiver takes an alert",
            "  foundling notify test --config foundling.yaml"
        })
final class NotifyTestCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOptions options;

    @Spec
    private CommandSpec spec;

    NotifyTestCommand(Map<String, String> environment) {
        options = new ConfigOptions(environment);
    }

    @Override
    public Integer call() throws InterruptedException {
        ServiceConfig config = options.read();
        TestAlert alert = new TestAlert(NotifyService.presentation(config), InstantSource.system());
        boolean allAccepted = true;
        for (Receiver receiver : Receivers.of(config.delivery())) {
            for (Map.Entry<String, Answer> sent : alert.send(receiver).entrySet()) {
                Answer answer = sent.getValue();
                allAccepted &= answer.verdict() == Answer.Verdict.ACCEPTED;
                print(receiver, sent.getKey(), answer);
            }
        }
        return allAccepted ? ExitCode.OK : ExitCode.UNAVAILABLE;
    }

    private void print(Receiver receiver, String endpoint, Answer answer) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-20s %-24s %-9s %s%n", receiver, endpoint, word(answer.verdict()), answer.advice());
        out.flush();
    }

    private static String word(Answer.Verdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> "accepted";
            case REFUSED -> "refused";
            case FAILED -> "failed";
        };
    }
}
