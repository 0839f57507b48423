package io.foundling.bench.ledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two receivers of messages in the form of Alertmanager's webhooks, which counts them: one of notify, one of Alertmanager. */
final class MessageCount implements AutoCloseable {

    private static final String HOOK = "/hook";
    private static final String PAGER = "/pager";
    private static final Pattern STATUS = Pattern.compile("\"status\":\"(\\w+)\"");
    private static final Pattern SOURCE = Pattern.compile("\"source\":\"([^\"]+)\"");
    private static final Pattern STAGE = Pattern.compile("\"stage\":\"([^\"]+)\"");

    private final HttpServer server;
    private final List<Message> hook = new CopyOnWriteArrayList<>();
    private final List<Message> pager = new CopyOnWriteArrayList<>();

    /** @param stage the first that it names */
    record Message(boolean firing, String source, String stage) {}

    MessageCount() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(HOOK, exchange -> take(exchange, hook));
        server.createContext(PAGER, exchange -> take(exchange, pager));
        server.start();
    }

    /** Returns the address that notify posts to. */
    String hookUrl() {
        return url(HOOK);
    }

    /** Returns the address that Alertmanager posts to. */
    String pagerUrl() {
        return url(PAGER);
    }

    long ofHook(Predicate<Message> counted) {
        return hook.stream().filter(counted).count();
    }

    long ofPager(Predicate<Message> counted) {
        return pager.stream().filter(counted).count();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static void take(HttpExchange exchange, List<Message> messages) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            messages.add(new Message(first(STATUS, body).equals("firing"), first(SOURCE, body), first(STAGE, body)));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static String first(Pattern pattern, String body) {
        Matcher found = pattern.matcher(body);
        return found.find() ? found.group(1) : "";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
