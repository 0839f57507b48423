package io.foundling.service.doctor;

import io.foundling.console.model.database.DatabaseExamination;
import io.foundling.console.model.database.DatabaseSettings;
import io.foundling.service.finding.Finding;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Examines the database of {@code console}, and the disk of one that is a file. It makes no file. */
final class ConsoleExamination implements Examination {

    /** File systems that a restart of machine or container empties. */
    static final Set<String> FORGETS = Set.of("tmpfs", "ramfs", "overlay");

    private final DatabaseSettings settings;
    private final DatabaseExamination database;

    ConsoleExamination(DatabaseSettings settings) {
        this.settings = settings;
        database = new DatabaseExamination(settings);
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        DatabaseExamination.Result result = database.run();
        result.problems()
                .forEach(problem -> findings.add(Finding.error("console.database " + settings + ": " + problem)));
        if (result.problems().isEmpty()) {
            findings.add(Finding.ok("console.database " + settings + ": " + result.summary()));
        }
        database.file().ifPresent(file -> findings.addAll(disk(file.toAbsolutePath())));
        return findings;
    }

    /** The file grows up to console.maxSize. */
    private List<Finding> disk(Path file) {
        Optional<Path> directory = Optional.ofNullable(file.getParent()).filter(Files::isDirectory);
        if (directory.isEmpty() || !Files.isWritable(directory.get())) {
            return List.of(Finding.error("the directory of console.database " + file
                    + " is missing, or this user may not write it; make it, or name a file elsewhere"));
        }
        try {
            FileStore store = Files.getFileStore(directory.get());
            long has = Files.exists(file) ? Files.size(file) : 0;
            long grows = settings.maxBytes() - has;
            List<Finding> findings = new ArrayList<>();
            if (FORGETS.contains(store.type())) {
                findings.add(Finding.warning("console.database " + file + " is on " + store.type()
                        + ", which a restart empties: the trail is then as short as the topics; mount a volume there"));
            }
            if (store.getUsableSpace() < grows) {
                findings.add(Finding.warning("console.database " + file + " may grow by " + Sizes.text(grows) + ", and "
                        + Sizes.text(store.getUsableSpace())
                        + " are free; make room, or set a smaller console.maxSize"));
            }
            return findings;
        } catch (IOException unreadable) {
            return List.of(Finding.error("the disk of console.database " + file + " does not answer: "
                    + unreadable.getClass().getSimpleName()));
        }
    }
}
