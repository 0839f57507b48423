package io.foundling.bench.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** Simulates a distant broker: passes on every byte this much later, in both directions. Bandwidth is not limited. */
final class DelayProxy {

    private final ServerSocket server;
    private final long delayNs;

    DelayProxy(Duration delay) {
        this.delayNs = delay.toNanos();
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("No port for the proxy", e);
        }
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Serves connections from now on, until this JVM ends. */
    void passOnTo(String hostAndPort) {
        String[] parts = hostAndPort.split(":", 2);
        daemon("proxy-accept", () -> {
            while (true) {
                connect(server.accept(), parts[0], Integer.parseInt(parts[1]));
            }
        });
    }

    private void connect(Socket near, String host, int port) throws IOException {
        Socket far = new Socket(host, port);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        pipe(near, far);
        pipe(far, near);
    }

    private void pipe(Socket from, Socket to) {
        DelayedBytes underWay = new DelayedBytes(delayNs);
        daemon("proxy-read", () -> underWay.readAll(from.getInputStream()));
        daemon("proxy-write", () -> {
            try (to) {
                underWay.writeAll(to.getOutputStream());
            }
        });
    }

    private static void daemon(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException over) {
                        // One side has closed its connection; the other side notices.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
