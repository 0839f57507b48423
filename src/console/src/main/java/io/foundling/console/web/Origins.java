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

    private static void checkSite(Context http, List<String> names) {
        Optional<String> site = Optional.ofNullable(http.header("Sec-Fetch-Site"))
                .filter(value -> !value.equals("same-origin") && !value.equals("none"));
        Optional<String> origin = Optional.ofNullable(http.header("Origin"))
                .filter(value -> names.stream().noneMatch(name -> value.endsWith("://" + name)));
        if (site.isPresent() || origin.isPresent()) {
            throw ProblemException.of(
                    403, "A page of another site sent this; only pages of this console may do that in a browser");
        }
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
    }
}
