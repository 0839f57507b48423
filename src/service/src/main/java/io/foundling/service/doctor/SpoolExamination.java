package io.foundling.service.doctor;

import io.foundling.service.config.IntakeSettings;
import io.foundling.service.finding.Finding;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Examines the directory in which {@code intake} keeps events until the broker has them. It makes nothing. */
final class SpoolExamination implements Examination {

    private final IntakeSettings.Durability durability;

    SpoolExamination(IntakeSettings.Durability durability) {
        this.durability = durability;
    }

    @Override
    public List<Finding> findings() {
        return durability
                .spool()
                .map(spool -> findings(spool.toAbsolutePath()))
                .orElseGet(
                        () -> List.of(Finding.ok("intake answers once the broker has acknowledged: it has no spool")));
    }

    private List<Finding> findings(Path spool) {
        Path existing = spool;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return List.of(Finding.error("intake.spoolDirectory " + spool
                    + " cannot be made or written by this user; make it, or name another one"));
        }
        try {
            FileStore store = Files.getFileStore(existing);
            List<Finding> findings = new ArrayList<>();
            if (ConsoleExamination.FORGETS.contains(store.type())) {
                findings.add(Finding.warning("intake.spoolDirectory " + spool + " is on " + store.type()
                        + ", which a restart empties: accepted events may then be lost; mount a volume there"));
            }
            if (store.getUsableSpace() < durability.spoolMaxBytes()) {
                findings.add(Finding.warning("intake.spoolDirectory " + spool + " may grow to "
                        + Sizes.text(durability.spoolMaxBytes()) + ", and " + Sizes.text(store.getUsableSpace())
                        + " are free; make room, or set a smaller intake.spoolMaxSize"));
            }
            findings.add(Finding.ok("intake.spoolDirectory " + spool + " can be written"));
            return findings;
        } catch (IOException unreadable) {
            return List.of(Finding.error("the disk of intake.spoolDirectory " + spool + " does not answer: "
                    + unreadable.getClass().getSimpleName()));
        }
    }
}
