package io.foundling.service.it.rig;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * Stands before a broker and refuses the first batches of each client once, as a broker does that does not know yet
 * that it leads a partition, and lets the next ones through. The broker then accepts these and refuses the first ones
 * for ever, because their sequence numbers are in the past (KAFKA-14359).
 */
public final class RefusingProxy implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    public RefusingProxy() throws IOException {}

    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Returns the ids of the clients of which it has refused batches. */
    public Set<String> refused() {
        return Set.copyOf(refused);
    }

    /** Serves connections from now on. */
    public void passOnTo(String hostAndPort) {
        String[] parts = hostAndPort.split(":", 2);
        daemon(() -> {
            while (true) {
                Socket client = server.accept();
                Socket broker = new Socket(parts[0], Integer.parseInt(parts[1]));
                sockets.addAll(List.of(client, broker));
                Answers answers = new Answers(new DataOutputStream(client.getOutputStream()));
                daemon(() -> requests(client, broker, answers));
                daemon(() -> responses(broker, client, answers));
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket each : sockets) {
            each.close();
        }
    }

    private void requests(Socket client, Socket broker, Answers answers) throws IOException {
        try (client;
                broker) {
            DataInputStream from = new DataInputStream(client.getInputStream());
            DataOutputStream to = new DataOutputStream(broker.getOutputStream());
            while (true) {
                byte[] request = frame(from);
                if (isProduce(request) && refused.add(clientId(request))) {
                    List<byte[]> later = untilProduce(from);
                    answers.refuse(refusal(request));
                    for (byte[] each : later) {
                        answers.expect();
                        writeFrame(to, each);
                    }
                } else {
                    answers.expect();
                    writeFrame(to, request);
                }
            }
        }
    }

    private static void responses(Socket broker, Socket client, Answers answers) throws IOException {
        try (broker;
                client) {
            DataInputStream from = new DataInputStream(broker.getInputStream());
            while (true) {
                answers.passOn(frame(from));
            }
        }
    }

    /** What one client gets, in the order of its requests, because a client takes no answer out of turn. */
    private static final class Answers {

        private final DataOutputStream client;
        private int expected;

        Answers(DataOutputStream client) {
            this.client = client;
        }

        synchronized void expect() {
            expected++;
        }

        synchronized void passOn(byte[] answer) throws IOException {
            writeFrame(client, answer);
            expected--;
            notifyAll();
        }

        synchronized void refuse(byte[] answer) throws IOException {
            try {
                while (expected > 0) {
                    wait();
                }
            } catch (InterruptedException stopped) {
                throw new IOException("interrupted before the broker had answered", stopped);
            }
            writeFrame(client, answer);
        }
    }

    private static List<byte[]> untilProduce(DataInputStream from) throws IOException {
        List<byte[]> later = new ArrayList<>();
        do {
            later.add(frame(from));
        } while (!isProduce(later.get(later.size() - 1)));
        return later;
    }

    private static byte[] frame(DataInputStream from) throws IOException {
        byte[] frame = new byte[from.readInt()];
        from.readFully(frame);
        return frame;
    }

    private static void writeFrame(DataOutputStream to, byte[] frame) throws IOException {
        byte[] sized = ByteBuffer.allocate(Integer.BYTES + frame.length)
                .putInt(frame.length)
                .put(frame)
                .array();
        to.write(sized);
        to.flush();
    }

    private static boolean isProduce(byte[] request) {
        return ByteBuffer.wrap(request).getShort() == ApiKeys.PRODUCE.id;
    }

    private static String clientId(byte[] request) {
        return RequestHeader.parse(ByteBuffer.wrap(request)).clientId();
    }

    /** A header of correlation id and no tagged fields, and the body. */
    private static byte[] refusal(byte[] request) {
        ByteBuffer buffer = ByteBuffer.wrap(request);
        RequestHeader header = RequestHeader.parse(buffer);
        ByteBuffer body = MessageUtil.toByteBufferAccessor(
                        ProduceRequest.parse(new ByteBufferAccessor(buffer), header.apiVersion())
                                .getErrorResponse(0, new NotLeaderOrFollowerException())
                                .data(),
                        header.apiVersion())
                .buffer();
        return ByteBuffer.allocate(Integer.BYTES + 1 + body.remaining())
                .putInt(header.correlationId())
                .put((byte) 0)
                .put(body)
                .array();
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // One side has closed its connection; the other side notices.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
