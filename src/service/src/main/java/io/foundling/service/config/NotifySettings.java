package io.foundling.service.config;

import java.util.List;
import java.util.Optional;

/** Who is sent alerts, and where people look at them. */
public record NotifySettings(Optional<String> consoleUrl, List<ReceiverSettings> receivers) {

    public NotifySettings {
        receivers = List.copyOf(receivers);
    }
}
