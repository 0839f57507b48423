package io.foundling.service.doctor;

import io.foundling.service.finding.Finding;
import io.foundling.service.state.StateDirectory;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rocksdb.RocksDB;

/**
 * Examines whether the state directory can be written and keeps its data, and whether RocksDB can be loaded. Writes one
 * small file and deletes it.
 */
final class DiskExamination implements Examination {

    private static final Set<String> FORGETS = Set.of("tmpfs", "ramfs", "overlay");
    private static final long LITTLE_FREE = 1L << 30;
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final Path directory;

    DiskExamination(Path stateDirectory) {
        directory = stateDirectory.toAbsolutePath().normalize();
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            examine(TrialWrite.existing(directory), findings);
        } catch (IOException unusable) {
            findings.add(
                    Finding.error("stateDirectory " + directory + " cannot be written: " + TrialWrite.reason(unusable)
                            + "; mount it writable, for the user that runs this, or set stateDirectory"));
        }
        findings.add(library());
        return findings;
    }

    private void examine(Path place, List<Finding> findings) throws IOException {
        Duration took = TrialWrite.in(place);
        FileStore store = Files.getFileStore(place);
        long free = store.getUsableSpace();
        if (took.compareTo(SLOW) > 0) {
            findings.add(Finding.warning("forcing 4 KiB to " + directory + " took " + took.toMillis()
                    + " ms, expected a few; commits will be as slow"));
        }
        if (FORGETS.contains(store.type())) {
            findings.add(
                    Finding.warning(
                            "stateDirectory " + directory + " is on " + store.type()
                                    + ", which a restart empties: everything is then restored from the changelogs; mount a volume there"));
        }
        if (free < StateDirectory.NEEDED_BYTES) {
            findings.add(Finding.error(space(free) + ", expected " + Sizes.text(StateDirectory.NEEDED_BYTES)
                    + " at least; the service does not run with less, make room or enlarge it"));
        } else if (free < LITTLE_FREE) {
            findings.add(Finding.warning(space(free) + ", expected " + Sizes.text(LITTLE_FREE) + " at least"));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(space(free)));
        }
    }

    private String space(long free) {
        return "stateDirectory " + directory + " has " + Sizes.text(free) + " free";
    }

    private static Finding library() {
        try {
            RocksDB.loadLibrary();
            return Finding.ok("RocksDB can be loaded");
        } catch (RuntimeException | LinkageError unloadable) {
            return Finding.error("the library of RocksDB cannot be loaded from " + System.getProperty("java.io.tmpdir")
                    + ": " + unloadable.getMessage()
                    + "; that directory must be writable and not mounted noexec, name another one by -Djava.io.tmpdir in"
                    + " FOUNDLING_JAVA_OPTS");
        }
    }
}
