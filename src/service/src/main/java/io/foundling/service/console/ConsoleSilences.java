package io.foundling.service.console;

import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.SteadyClock;
import io.foundling.console.delivery.silence.Silences;
import io.foundling.service.config.NotifySettings;
import io.foundling.service.config.ReceiverSettings;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.notify.Receivers;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what knows the silences of Alertmanager of the receivers of the configuration. */
final class ConsoleSilences {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSilences.class);

    private ConsoleSilences() {}

    /** A receiver whose files cannot be used here is named on the page; it is {@code notify} that needs them. */
    static Silences of(ServiceConfig config) {
        List<ReceiverSettings> alertmanagers = config.delivery().receivers().stream()
                .filter(receiver -> receiver.kind() == ReceiverSettings.Kind.ALERTMANAGER)
                .toList();
        if (alertmanagers.isEmpty()) {
            return Silences.none();
        }
        Receivers read = Receivers.read(new NotifySettings(config.delivery().consoleUrl(), alertmanagers));
        read.problems().forEach(problem -> LOG.warn("silences of Alertmanager are not shown: {}", problem));
        Set<String> usable = read.usable().stream().map(Receiver::name).collect(Collectors.toSet());
        return new Silences(
                read.usable(),
                alertmanagers.stream()
                        .map(ReceiverSettings::name)
                        .filter(name -> !usable.contains(name))
                        .toList(),
                config.instance().application(),
                new SteadyClock(InstantSource.system()));
    }
}
