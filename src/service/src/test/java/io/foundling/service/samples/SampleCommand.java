package io.foundling.service.samples;

import io.foundling.audit.AuditEvent;
import io.foundling.service.command.CommandRun;
import io.foundling.service.mapping.MappedRecord;
import io.foundling.service.mapping.Mapping;
import io.foundling.service.mapping.MappingReader;
import io.foundling.service.mapping.RecordRejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One {@code ./foundling replay} of the page, as words. */
record SampleCommand(List<String> words) {

    static SampleCommand of(String command) {
        return new SampleCommand(
                List.of(command.replace("deploy/", "../../deploy/").split(" ")));
    }

    /** Runs it as it is written. */
    CommandRun run() {
        return CommandRun.of(words.subList(1, words.size()).toArray(String[]::new));
    }

    Path mapping() {
        return Path.of(values("--mapping").get(0));
    }

    /** Returns the events that it would send. */
    List<AuditEvent> events() throws IOException, RecordRejectedException {
        Mapping mapping = MappingReader.read(mapping());
        Optional<Instant> timestamp = values("--timestamp").stream().findFirst().map(Instant::parse);
        Map<String, String> headers = new HashMap<>();
        values("--header").forEach(header -> headers.put(header.split("=")[0], header.split("=")[1]));
        List<AuditEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(values("--input").get(0)))) {
            events.addAll(mapping.events(new MappedRecord(
                    MappedRecord.object(line.getBytes(StandardCharsets.UTF_8)), Optional.empty(), timestamp, headers)));
        }
        return events;
    }

    private List<String> values(String option) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equals(option)) {
                values.add(words.get(i + 1));
            }
        }
        return values;
    }
}
