package io.foundling.client.internal.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory of a spool and the names of its files. */
record SpoolDirectory(Path path) {

    private static final String SEGMENT = ".spool";
    private static final String DAMAGED = ".damaged";
    private static final Pattern SEGMENT_NAME = Pattern.compile("(0[0-8]\\d{18})\\.spool(\\.damaged)?");

    /** @throws NoSuchFileException if somebody removes the directory at the same time */
    static SpoolDirectory create(Path path) throws IOException {
        if (isNoDirectory(path)) {
            throw new IOException("spool directory " + path + " is no directory");
        }
        try {
            OwnerOnly.createDirectories(path);
        } catch (FileAlreadyExistsException | NoSuchFileException removed) {
            refuseDanglingLink(path);
            throw new NoSuchFileException(path.toString());
        } catch (IOException failure) {
            throw new IOException("spool directory " + path + " cannot be created: " + failure, failure);
        }
        return new SpoolDirectory(path);
    }

    /** Takes the rights of others away from the files of an older version; what belongs to somebody else stays. */
    void restrict() throws IOException {
        for (Path file : files()) {
            if (number(file) >= 0 || List.of(lock(), checkpoint(), cluster()).contains(file)) {
                try {
                    OwnerOnly.restrict(file);
                } catch (FileSystemException foreign) {
                    // Reading or writing it decides whether that matters.
                }
            }
        }
    }

    Path lock() {
        return path.resolve("lock");
    }

    Path checkpoint() {
        return path.resolve("sent");
    }

    Path cluster() {
        return path.resolve("cluster");
    }

    Path segment(long number) {
        return path.resolve(String.format("%020d", number) + SEGMENT);
    }

    /** Returns the sizes of the segments by their numbers, in bytes. */
    NavigableMap<Long, Long> segments() throws IOException {
        NavigableMap<Long, Long> sizes = new TreeMap<>();
        for (Path file : files()) {
            if (file.toString().endsWith(SEGMENT) && number(file) >= 0 && Files.isRegularFile(file)) {
                sizes.put(number(file), Files.size(file));
            }
        }
        return sizes;
    }

    /** Returns the segments that were set aside, in order. */
    List<Path> damaged() throws IOException {
        return files().stream()
                .filter(file -> number(file) >= 0 && file.toString().endsWith(DAMAGED))
                .sorted()
                .toList();
    }

    /** Returns the highest number of a segment, damaged ones included; 0 if there is none. */
    long highestNumber() throws IOException {
        return files().stream().mapToLong(SpoolDirectory::number).reduce(0, Math::max);
    }

    void delete(long number) throws IOException {
        Files.deleteIfExists(segment(number));
    }

    /** Renames a segment that cannot be read, so that an operator can examine it. */
    void setAside(long number) throws IOException {
        Path file = segment(number);
        Files.move(file, file.resolveSibling(file.getFileName() + DAMAGED), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Whether the contents of its files prove that this is a spool: a segment or the checkpoint begins with our magic.
     * Names prove nothing: other programs have files with the names {@code lock} and {@code sent} too. A directory in
     * which a recorder died before it wrote anything is therefore none, and stays.
     *
     * @throws IOException if the directory cannot be read, or if a file of another program is among the segments
     */
    boolean isSpool() throws IOException {
        if (!Checkpoint.hasMagic(checkpoint()) && !hasOwnSegment()) {
            return false;
        }
        if (hasForeignFiles()) {
            throw new IOException(
                    "the directory " + path + " has a spool, but its file lock, sent or cluster is not of a spool");
        }
        return true;
    }

    /** Whether another program has made the file {@code lock}, {@code sent} or {@code cluster}. */
    boolean hasForeignFiles() throws IOException {
        return !isEmptyOrMissing(lock()) || !Checkpoint.isOwn(checkpoint()) || !new ClusterName(cluster()).isOwn();
    }

    /** Whether the directory has nothing but the lock of a recorder, which has not written anything yet. */
    boolean isNew() throws IOException {
        return files().equals(List.of(lock())) && isEmptyOrMissing(lock());
    }

    /**
     * Compares the user to whom the spool belongs with the user of this process, to whom a new file belongs. Files that
     * root created could not be used by the recorder any more. Call it with the lock only, because the new file would
     * keep another process from removing the directory.
     *
     * @throws AccessDeniedException if they are not the same
     */
    void requireSameOwner() throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("owner")) {
            return;
        }
        NavigableMap<Long, Long> segments = segments();
        UserPrincipal owner = Files.getOwner(segments.isEmpty() ? checkpoint() : segment(segments.firstKey()));
        Path created = Files.createTempFile(path, "owner", null);
        try {
            UserPrincipal user = Files.getOwner(created);
            if (!owner.equals(user)) {
                throw new AccessDeniedException(
                        path.toString(), null, "it belongs to " + owner + ", and this process runs as " + user);
            }
        } finally {
            Files.delete(created);
        }
    }

    /**
     * Deletes the files of a spool in which no payload waits, the lock last, and the directory, unless it has other
     * files such as damaged segments. The caller must hold the lock.
     */
    void remove() throws IOException {
        Files.deleteIfExists(checkpoint());
        Files.deleteIfExists(cluster());
        Files.deleteIfExists(lock());
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException keepsOtherFiles) {
            // Damaged segments are for an operator; a recorder that has just started here goes on.
        }
    }

    /** Forces the names of new files to disk, on systems where a directory can be opened (not on Windows). */
    void force() throws IOException {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (AccessDeniedException unsupported) {
            // Windows forces names by itself.
        }
    }

    /** One look: between two the directory could be removed. */
    private static boolean isNoDirectory(Path path) {
        try {
            return !Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
        } catch (IOException missing) {
            return false;
        }
    }

    private static void refuseDanglingLink(Path path) throws IOException {
        for (Path each = path; each != null; each = each.getParent()) {
            if (Files.isSymbolicLink(each) && Files.notExists(each)) {
                throw new IOException("spool directory " + path + " cannot be created: " + each
                        + " is a symbolic link to " + Files.readSymbolicLink(each) + ", which does not exist");
            }
        }
    }

    private boolean hasOwnSegment() throws IOException {
        for (long number : segments().keySet()) {
            if (SegmentHeader.hasMagic(segment(number))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEmptyOrMissing(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() && attributes.size() == 0;
        } catch (NoSuchFileException missing) {
            return true;
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.toList();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static long number(Path file) {
        Matcher name = SEGMENT_NAME.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }
}
