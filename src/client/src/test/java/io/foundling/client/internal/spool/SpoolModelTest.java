package io.foundling.client.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random histories of a small spool, with full disks, crashes and going back, against a list. */
class SpoolModelTest {

    private static final int MAX = 20_000;

    @TempDir
    private Path root;

    @Test
    void shouldBehaveLikeAListWhateverHappens() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            History history = new History(seed);
            for (int step = 0; step < 300; step++) {
                history.step();
            }
            history.end();
        }
    }

    private final class History {
        private final int seed;
        private final Random random;
        private final FailingDisk disk = new FailingDisk();
        private final List<Position> ends = new ArrayList<>();
        private Path directory;
        private Spool spool;
        private int added;
        private int read;
        private int sent;
        private boolean leftover;
        private int stuck;

        private History(int seed) throws IOException {
            this.seed = seed;
            random = new Random(seed);
            directory = root.resolve(seed + "-0");
            open();
        }

        private void step() throws IOException {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> add();
                case 4, 5 -> writeSomehow();
                case 6, 7 -> read();
                case 8 -> acknowledge();
                case 9 -> goBack();
                case 10 -> spool.force();
                default -> again();
            }
            long bound = MAX + (long) stuck * SpoolFiles.HEADER_BYTES;
            assertThat(leftover ? 0 : onDisk()).as("seed " + seed).isLessThanOrEqualTo(bound);
        }

        private void end() throws IOException {
            writeAll();
            while (read < added) {
                read();
            }
            spool.sent(spool.written());
            spool.close();
            assertThat(SpoolFiles.names(directory)).as("seed " + seed).containsExactly("lock", "sent");
            assertThat(disk.openFiles()).isZero();
        }

        private void add() {
            int bytes = Integer.BYTES + (random.nextInt(20) == 0 ? random.nextInt(MAX) : random.nextInt(600));
            if (spool.hasRoomFor(bytes)) {
                SpoolFiles.add(spool, ByteBuffer.allocate(bytes).putInt(added++).array());
            }
        }

        private void writeSomehow() {
            disk.freeBytes = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(1500);
            disk.cannotTruncate = !leftover && random.nextInt(4) == 0;
            try {
                spool.write();
            } catch (IOException expected) {
                leftover |= disk.cannotTruncate;
                stuck += disk.cannotTruncate ? 1 : 0;
            }
            disk.freeBytes = Long.MAX_VALUE;
            disk.cannotTruncate = false;
        }

        private void read() throws IOException {
            for (int most = random.nextInt(20); most > 0; most--) {
                SpoolEntry entry = spool.reader().next();
                if (entry instanceof SpoolEntry.Nothing) {
                    return;
                }
                assertThat(entry).as("seed " + seed).isInstanceOf(SpoolEntry.Frame.class);
                SpoolEntry.Frame frame = (SpoolEntry.Frame) entry;
                assertThat(ByteBuffer.wrap(frame.payload()).getInt())
                        .as("seed " + seed)
                        .isEqualTo(read);
                if (read == ends.size()) {
                    ends.add(frame.end());
                }
                assertThat(frame.end()).isEqualTo(ends.get(read++));
            }
        }

        private void acknowledge() throws IOException {
            if (read > sent) {
                sent += 1 + random.nextInt(read - sent);
                spool.sent(ends.get(sent - 1));
            }
        }

        private void goBack() {
            if (sent > 0 && read > sent) {
                read = sent + random.nextInt(read - sent);
                spool.reader().seek(ends.get(read - 1));
            }
        }

        /** Ends properly or by a crash, and begins again. */
        private void again() throws IOException {
            writeAll();
            boolean crashes = !leftover && random.nextBoolean();
            Path next = directory.resolveSibling(seed + "-" + added + "-" + random.nextInt());
            if (crashes) {
                SpoolFiles.crash(directory, next);
            }
            spool.close();
            directory = crashes ? next : directory;
            leftover = false;
            open();
        }

        private void open() throws IOException {
            spool = Spool.open(directory, MAX, SpoolFiles.DESCRIPTION, disk);
            read = sent;
            assertThat(spool.first().equals(spool.written())).isEqualTo(sent == added);
        }

        private void writeAll() throws IOException {
            disk.freeBytes = Long.MAX_VALUE;
            spool.write();
        }

        private long onDisk() throws IOException {
            long bytes = 0;
            for (Path segment : SpoolFiles.segments(directory)) {
                bytes += Files.size(segment);
            }
            return bytes;
        }
    }
}
