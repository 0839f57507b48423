package io.foundling.service.doctor;

import io.foundling.service.config.IntakeSettings;
import io.foundling.service.finding.Finding;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Examines the directory in which {@code intake}, or a console with an intake of its own, keeps events until the broker has
 * them. It writes one small file into the directory, or into the nearest existing one above it, and deletes it again.
 */
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
                .orElseGet(() -> List.of(
                        Finding.ok("callers are answered once the broker has acknowledged: there is no spool")));
    }

    private List<Finding> findings(Path spool) {
        Path existing = TrialWrite.existing(spool);
        try {
            TrialWrite.in(existing);
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
        } catch (IOException unusable) {
            return List.of(Finding.error("intake.spoolDirectory " + spool + " cannot be written: "
                    + TrialWrite.reason(unusable)
                    + "; mount it writable, for the user that runs this, or set intake.spoolDirectory"));
        }
    }
}
