package io.foundling.service.web;

import io.foundling.console.web.WebLimits;
import io.foundling.console.web.WebSettings;
import io.foundling.service.config.ConsoleAddress;
import io.foundling.service.config.ConsoleSettings;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Where the configuration has a server listen, and how its address is written. */
public final class ServedAddress {

    private final ConsoleSettings settings;
    private final Optional<SSLContext> tls;

    /** @param tls as {@link ConsoleTls} has read it */
    public ServedAddress(ConsoleSettings settings, Optional<SSLContext> tls) {
        this.settings = settings;
        this.tls = tls;
    }

    public WebSettings settings(WebLimits limits) {
        ConsoleAddress address = settings.address();
        return new WebSettings(address.host(), address.port(), hosts(), tls, limits);
    }

    /** Returns the address for people, such as http://127.0.0.1:8090. */
    public String url(int port) {
        String host = settings.address().host();
        return (tls.isPresent() ? "https://" : "http://") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":"
                + port;
    }

    /** Where credentials are needed, a page of another site has none. */
    private Set<String> hosts() {
        if (settings.access().needsCredentials()) {
            return Set.of();
        }
        Set<String> hosts = new HashSet<>(WebSettings.LOOPBACK);
        hosts.add(settings.address().host());
        return hosts;
    }
}
