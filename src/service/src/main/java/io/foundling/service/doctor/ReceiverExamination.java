package io.foundling.service.doctor;

import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.alertmanager.AlertmanagerSink;
import io.foundling.console.delivery.http.Answer;
import io.foundling.console.delivery.http.Endpoint;
import io.foundling.console.delivery.webhook.WebhookSink;
import io.foundling.service.config.NotifySettings;
import io.foundling.service.finding.Finding;
import io.foundling.service.notify.Receivers;
import io.foundling.service.topics.Broker;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Examines whether the files of receivers can be read, and whether their addresses answer. It sends no alert: an
 * Alertmanager is asked for its status, and a webhook is sent a HEAD, which says little about a POST.
 */
final class ReceiverExamination implements Examination {

    private static final int OK = 200;

    /** Not implemented: of small servers that know no HEAD. */
    private static final int NO_HEAD = 501;

    private static final String TRY = "; 'foundling notify test' shows whether it takes alerts";

    /** With what the status of every Alertmanager begins that has the API v2. */
    private static final String STATUS = "200 {\"cluster\":";

    private final NotifySettings settings;

    ReceiverExamination(NotifySettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Finding> findings() {
        Receivers receivers = Receivers.read(settings);
        List<Finding> findings = new ArrayList<>();
        receivers.problems().forEach(problem -> findings.add(Finding.error(problem)));
        try {
            for (Receiver receiver : receivers.usable()) {
                look(
                        new Receiver(receiver.name(), receiver.transport().atMost(Broker.PATIENCE), receiver.kind()),
                        findings);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            findings.add(Finding.skipped("the examination was interrupted"));
        }
        return findings;
    }

    private static void look(Receiver receiver, List<Finding> findings) throws InterruptedException {
        if (receiver.kind() instanceof Receiver.Alertmanager alertmanager) {
            for (URI instance : alertmanager.instances()) {
                Answer answer = AlertmanagerSink.ask(instance, receiver);
                findings.add(alertmanager(place(receiver, instance), answer));
            }
        } else {
            Receiver.Webhook webhook = (Receiver.Webhook) receiver.kind();
            findings.add(webhook(place(receiver, webhook.url()), WebhookSink.ask(receiver, webhook)));
        }
    }

    private static String place(Receiver receiver, URI address) {
        return receiver.name() + " at " + Endpoint.shown(address);
    }

    private static Finding alertmanager(String place, Answer answer) {
        return switch (answer.status()) {
            case OK ->
                answer.text().startsWith(STATUS)
                        ? Finding.ok(place + " answers as Alertmanager does")
                        : Finding.error(place + " is no Alertmanager with the API v2: it answers " + answer.text()
                                + "; see receivers[].url");
            case 401, 403 ->
                Finding.error(place + " refuses the credentials: it answers " + answer.text()
                        + "; see receivers[].authorizationFile");
            case 0 -> Finding.error(unanswered(place, answer));
            default ->
                Finding.error(place + " answers " + answer.text() + " to GET /api/v2/status, expected 200;"
                        + " see receivers[].url");
        };
    }

    private static Finding webhook(String place, Answer answer) {
        String found = place + " answers " + answer.status() + " to HEAD";
        return switch (answer.status()) {
            case 0 -> Finding.error(unanswered(place, answer));
            case 401, 403 -> Finding.warning(found + "; if it also refuses alerts, see receivers[].authorizationFile");
            case NO_HEAD -> Finding.ok(found + TRY);
            case 404, 410 -> Finding.warning(found + "; if it also refuses alerts, see receivers[].url");
            default ->
                answer.status() / 100 == 5 || answer.status() / 100 == 3
                        ? Finding.warning(found + ", and alerts that are answered like that are sent again and again;"
                                + " see receivers[].url")
                        : Finding.ok(found + TRY);
        };
    }

    private static String unanswered(String place, Answer answer) {
        String said = answer.text();
        return place + " does not answer: " + said + (said.contains("receivers[].") ? "" : "; see receivers[].url");
    }
}
