package io.foundling.console.web;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Refuses what a page of another site has a browser send. Programs that are no browsers send no such headers. */
final class Origins {

    private Origins() {}

    /**
     * Checks a request.
     *
     * @param hosts names that are answered; empty: all
     * @throws ProblemException if it is for another name, or does something on behalf of another site
     */
    static void check(Context http, Method method, Set<String> hosts) {
        List<String> names = Collections.list(http.req().getHeaders("Host"));
        if (!hosts.isEmpty() && (names.size() != 1 || !hosts.contains(withoutPort(names.get(0))))) {
            throw ProblemException.of(
                    421,
                    "Host is " + Shown.of(String.join(", ", names)) + ", must be one of "
                            + String.join(", ", hosts.stream().sorted().toList())
                            + ", because this console asks for no credentials");
        }
        if (method != Method.GET) {
            checkSite(http, names);
        }
    }

    /**
     * Browsers say themselves where a request comes from, which pages cannot change. They say it only over TLS and to
     * loopback; otherwise its origin must be the address that it is sent to.
     */
    private static void checkSite(Context http, List<String> names) {
        boolean isOwn = Optional.ofNullable(http.header("Sec-Fetch-Site"))
                .map(site -> site.equals("same-origin") || site.equals("none"))
                .orElseGet(() -> isOwn(Optional.ofNullable(http.header("Origin")), names));
        if (!isOwn) {
            throw ProblemException.of(
                    403, "A page of another site sent this; only pages of this console may do that in a browser");
        }
    }

    private static boolean isOwn(Optional<String> origin, List<String> names) {
        return origin.map(page -> names.stream().anyMatch(name -> page.endsWith("://" + name)))
                .orElse(true);
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    }
}
