package io.foundling.service.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the receivers of alerts. One with a problem is left out, and the problem is noted. */
final class ReceiverReader {

    private final ConfigValues values;

    ReceiverReader(ConfigValues values) {
        this.values = values;
    }

    NotifySettings read() {
        List<ReceiverSettings> receivers = new ArrayList<>();
        UniqueNames names = new UniqueNames(values, "receivers[].name");
        for (WrittenItem written : values.items(ConfigSchema.RECEIVERS)) {
            receiver(written).ifPresent(receiver -> {
                names.add(receiver.name(), written.origin());
                receivers.add(receiver);
            });
        }
        return new NotifySettings(values.found(ConfigKeys.NOTIFY_CONSOLE_URL), receivers);
    }

    private Optional<ReceiverSettings> receiver(WrittenItem written) {
        Map<String, WrittenValue> settings = written.settings();
        Optional<String> name = required(ConfigKeys.RECEIVER_NAME, written);
        Optional<ReceiverSettings.Kind> kind = required(ConfigKeys.RECEIVER_KIND, written);
        Optional<String> url = values.found(ConfigKeys.RECEIVER_URL, settings);
        Optional<Path> urlFile = values.found(ConfigKeys.RECEIVER_URL_FILE, settings);
        if (settings.containsKey(ConfigKeys.RECEIVER_URL.path())
                == settings.containsKey(ConfigKeys.RECEIVER_URL_FILE.path())) {
            values.problem(written.origin(), "a receiver needs either receivers[].url or receivers[].urlFile");
        }
        if (kind.equals(Optional.of(ReceiverSettings.Kind.WEBHOOK))
                && url.filter(each -> each.contains(",")).isPresent()) {
            values.problem(written.origin(), "receivers[].url of a WEBHOOK names several URLs, expected one");
        }
        if (kind.equals(Optional.of(ReceiverSettings.Kind.ALERTMANAGER))) {
            refuse(ConfigKeys.RECEIVER_FORMAT, written);
            refuse(ConfigKeys.RECEIVER_UPDATE_EVERY, written);
            refuse(ConfigKeys.RECEIVER_SECRET_FILE, written);
        }
        var format = value(ConfigKeys.RECEIVER_FORMAT, settings);
        var updateEvery = value(ConfigKeys.RECEIVER_UPDATE_EVERY, settings);
        var timeout = value(ConfigKeys.RECEIVER_TIMEOUT, settings);
        if (settings.containsKey(ConfigKeys.RECEIVER_CERTIFICATE_FILE.path())
                != settings.containsKey(ConfigKeys.RECEIVER_KEY_FILE.path())) {
            values.problem(
                    written.origin(),
                    "a receiver needs both receivers[].certificateFile and receivers[].keyFile, or none");
        }
        var files = new ReceiverSettings.Files(
                values.found(ConfigKeys.RECEIVER_AUTHORIZATION_FILE, settings),
                values.found(ConfigKeys.RECEIVER_SECRET_FILE, settings),
                values.found(ConfigKeys.RECEIVER_CA_FILE, settings),
                values.found(ConfigKeys.RECEIVER_CERTIFICATE_FILE, settings),
                values.found(ConfigKeys.RECEIVER_KEY_FILE, settings));
        return name.flatMap(given -> kind.map(known -> new ReceiverSettings(
                given, known, new ReceiverSettings.Address(url, urlFile), format, updateEvery, timeout, files)));
    }

    private <T> T value(ConfigKey<T> key, Map<String, WrittenValue> settings) {
        return values.found(key, settings).orElseGet(key::defaultValue);
    }

    private <T> Optional<T> required(ConfigKey<T> key, WrittenItem written) {
        if (!written.settings().containsKey(key.path())) {
            values.problem(
                    written.origin(),
                    key.path() + " is missing, expected " + key.type().expected());
        }
        return values.found(key, written.settings());
    }

    private void refuse(ConfigKey<?> key, WrittenItem written) {
        WrittenValue setting = written.settings().get(key.path());
        if (setting != null) {
            values.problem(setting.origin(), key.path() + " is for a WEBHOOK only; remove it");
        }
    }
}
