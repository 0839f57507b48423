package io.foundling.topology.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that people write, such as configurations. A device or a dump that was named by mistake fills no memory. */
public final class TextFile {

    private static final int MAX_BYTES = 1 << 20;

    private TextFile() {}

    /**
     * Returns the text of a file.
     *
     * @throws FileSystemException if it cannot be read; its reason, such as "does not exist", follows the file's name
     */
    public static String read(Path file) throws FileSystemException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new FileSystemException(file.toString(), null, "is larger than 1 MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException missing) {
            throw new FileSystemException(file.toString(), null, "does not exist");
        } catch (CharacterCodingException other) {
            throw new FileSystemException(file.toString(), null, "is no UTF-8 text");
        } catch (FileSystemException known) {
            throw known.getReason() == null ? new FileSystemException(file.toString(), null, "cannot be read") : known;
        } catch (IOException unreadable) {
            throw new FileSystemException(file.toString(), null, "cannot be read");
        }
    }
}
