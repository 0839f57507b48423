package io.foundling.service.asking;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Answers each request with the same bytes, whatever it is, and then closes the connection or leaves it as it is. */
public final class RawServer implements AutoCloseable {

    private final ServerSocket socket;
    private final byte[] answer;
    private final boolean isSilentThen;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread = new Thread(this::serve, "raw-server");

    public RawServer(ServerSocket socket, String answer, boolean isSilentThen) {
        this.socket = socket;
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        this.isSilentThen = isSilentThen;
        thread.start();
    }

    /** Answers with a body. */
    public static RawServer answering(int status, String type, String body, String... headers) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return new RawServer(
                plain(),
                "HTTP/1.1 " + status + " Reason\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n"
                        + String.join(
                                "",
                                List.of(headers).stream()
                                        .map(header -> header + "\r\n")
                                        .toList())
                        + "Connection: close\r\n\r\n" + body,
                false);
    }

    public static ServerSocket plain() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Returns the lines of all requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket accepted = socket.accept();
                open.add(accepted);
                answer(accepted);
            } catch (IOException closed) {
                // The client went away, or the test is over.
            }
        }
    }

    private void answer(Socket accepted) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(accepted.getInputStream(), StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            requests.add(line);
        }
        accepted.getOutputStream().write(answer);
        accepted.getOutputStream().flush();
        if (!isSilentThen) {
            accepted.close();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : List.copyOf(open)) {
            each.close();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
