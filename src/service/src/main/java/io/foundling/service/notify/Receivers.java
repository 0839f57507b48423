package io.foundling.service.notify;

import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.SteadyClock;
import io.foundling.console.delivery.http.Endpoint;
import io.foundling.console.delivery.http.Transport;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.config.NotifySettings;
import io.foundling.service.config.ReceiverSettings;
import io.foundling.service.config.ValueType;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Receivers made of their settings, with what their files hold. One that has a problem is left out, and all problems are
 * listed.
 */
public final class Receivers {

    private final List<Receiver> usable = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Receivers() {}

    /** Reads the files of all receivers. */
    public static Receivers read(NotifySettings settings) {
        Receivers reading = new Receivers();
        if (settings.receivers().isEmpty()) {
            reading.problems.add("receivers is missing, expected a list of those that alerts are sent to");
        }
        settings.receivers().forEach(each -> reading.receiver(each).ifPresent(reading.usable::add));
        return reading;
    }

    /**
     * Returns all receivers.
     *
     * @throws ConfigurationException if there is none, or one has a problem
     */
    public static List<Receiver> of(NotifySettings settings) {
        Receivers read = read(settings);
        if (!read.problems.isEmpty()) {
            throw new ConfigurationException("the configuration of notify", read.problems);
        }
        return read.usable();
    }

    /** Returns those that have no problem. */
    public List<Receiver> usable() {
        return List.copyOf(usable);
    }

    /** Returns a sentence for each problem. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    private Optional<Receiver> receiver(ReceiverSettings settings) {
        ReceiverFiles address = new ReceiverFiles(settings.name());
        ReceiverFiles files = new ReceiverFiles(settings.name());
        Optional<String> url = settings.address()
                .url()
                .or(() -> settings.address().file().flatMap(file -> address.line("urlFile", file)));
        List<URI> uris = url.map(text -> uris(settings, address, text)).orElse(List.of());
        Optional<RenewedCredentials> credentials =
                RenewedCredentials.read(settings, uris, files, new SteadyClock(InstantSource.system()));
        problems.addAll(address.problems());
        problems.addAll(files.problems());
        if (!address.problems().isEmpty() || credentials.isEmpty()) {
            return Optional.empty();
        }
        Receiver.Kind kind = switch (settings.kind()) {
            case ALERTMANAGER -> new Receiver.Alertmanager(uris);
            case WEBHOOK -> new Receiver.Webhook(uris.get(0), settings.format(), settings.updateEvery());
        };
        return credentials.map(read -> new Receiver(settings.name(), new Transport(read, settings.timeout()), kind));
    }

    private static List<URI> uris(ReceiverSettings settings, ReceiverFiles files, String text) {
        String key = settings.address().url().isPresent() ? "url" : "urlFile";
        List<String> urls = Arrays.stream(text.split(",")).map(String::strip).toList();
        if (!urls.stream().allMatch(ValueType::isUrl)
                || settings.kind() == ReceiverSettings.Kind.WEBHOOK && urls.size() > 1) {
            files.problem(key, "holds no http or https URL, or several for a WEBHOOK");
            return List.of();
        }
        List<URI> uris = urls.stream().map(URI::create).toList();
        if (uris.stream().anyMatch(uri -> uri.getRawUserInfo() != null)) {
            files.problem(key, "holds a URL with a user, which is not sent; use authorizationFile instead");
        }
        List<String> shown = uris.stream().map(Endpoint::shown).toList();
        if (new HashSet<>(shown).size() < shown.size()) {
            files.problem(key, "holds two URLs of the same host and port, by which metrics show each of them");
        }
        return uris;
    }
}
