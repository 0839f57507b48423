package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file with the id of the Kafka cluster to which the payloads of a spool are sent, a line of text with a version. It
 * is written when the cluster is first reached; spools of older versions have none.
 */
record ClusterName(Path file) {

    private static final String HEAD = "foundling spool cluster ";
    private static final Pattern LINE = Pattern.compile(HEAD + "1 (\\S+)\\n");
    private static final int MOST_BYTES = 1_024;

    /** Whether the file begins like ours, of whatever version, is missing or empty. */
    boolean isOwn() throws IOException {
        return Files.notExists(file) || Files.isRegularFile(file) && (text().isEmpty() || text().startsWith(HEAD));
    }

    /**
     * Returns the id; empty if the file is missing or was not completely written.
     *
     * @throws IOException if a later version wrote it, or it cannot be read
     */
    Optional<String> read() throws IOException {
        try {
            String text = text();
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                return Optional.of(line.group(1));
            }
            if (text.endsWith("\n")) {
                throw new IOException("the file " + file + " is of a later version: expected '" + HEAD
                        + "1' and the id of a cluster, found '" + text.strip() + "'");
            }
            return Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    void write(String id, Channels channels) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((HEAD + "1 " + id + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel open = channels.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            open.truncate(0);
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
        }
    }

    private String text() throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("the file " + file + " is not of a spool: it has more than " + MOST_BYTES + " bytes");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
