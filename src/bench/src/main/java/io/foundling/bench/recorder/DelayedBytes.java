package io.foundling.bench.recorder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The delayed bytes of one direction of a connection: one thread reads them, another writes them later. */
final class DelayedBytes {

    private static final byte[] END = {};

    private final LinkedBlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
    private final long delayNs;

    DelayedBytes(long delayNs) {
        this.delayNs = delayNs;
    }

    void readAll(InputStream input) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try {
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                chunks.add(new Chunk(Arrays.copyOf(buffer, read), System.nanoTime() + delayNs));
            }
        } finally {
            chunks.add(new Chunk(END, System.nanoTime()));
        }
    }

    void writeAll(OutputStream output) throws IOException, InterruptedException {
        for (Chunk chunk = chunks.take(); chunk.bytes() != END; chunk = chunks.take()) {
            TimeUnit.NANOSECONDS.sleep(chunk.dueNs() - System.nanoTime());
            output.write(chunk.bytes());
        }
    }

    private record Chunk(byte[] bytes, long dueNs) {}
}
