package io.foundling.service.notify;

import io.foundling.topology.yaml.TextFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the files of one receiver, each once, and collects what is wrong with them. A file may be the wrong one, or hold a
 * secret, so a problem never shows what it holds.
 */
final class ReceiverFiles {

    private final String receiver;
    private final Map<Path, Content> contents = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * What a file holds, or why it cannot be read.
     *
     * @param text may be a secret
     */
    private record Content(boolean isReadable, String text) {

        static Content of(Path file) {
            try {
                return new Content(true, TextFile.read(file));
            } catch (FileSystemException unreadable) {
                return new Content(false, unreadable.getReason());
            }
        }

        @Override
        public String toString() {
            return "content";
        }
    }

    ReceiverFiles(String receiver) {
        this.receiver = receiver;
    }

    /** Reads the same files again. A pipe gives its text only once, so that text stays. */
    ReceiverFiles again() {
        ReceiverFiles now = new ReceiverFiles(receiver);
        contents.forEach((file, before) ->
                now.contents.put(file, Files.exists(file) && !Files.isRegularFile(file) ? before : Content.of(file)));
        return now;
    }

    /** Whether both read the same. */
    boolean holdTheSameAs(ReceiverFiles other) {
        return contents.equals(other.contents);
    }

    /** Returns the text of a file; none if it cannot be read. */
    Optional<String> text(String key, Path file) {
        Content content = contents.computeIfAbsent(file, Content::of);
        if (!content.isReadable()) {
            problem(key, "is " + file + ", which " + content.text());
            return Optional.empty();
        }
        return Optional.of(content.text());
    }

    /** Returns the only line of a file; none if it has none or several, or cannot be read. */
    Optional<String> line(String key, Path file) {
        Optional<String> text = text(key, file).map(String::strip);
        if (text.isPresent() && (text.get().isEmpty() || text.get().chars().anyMatch(Character::isISOControl))) {
            problem(key, "is " + file + ", which holds no text of one line");
            return Optional.empty();
        }
        return text;
    }

    void problem(String key, String what) {
        problems.add("receivers[]." + key + " of " + receiver + " " + what);
    }

    /** Returns a sentence for each problem so far. */
    List<String> problems() {
        return List.copyOf(problems);
    }
}
