package io.foundling.service.recipes;

import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Skipped;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import java.time.LocalDate;
import java.util.List;

/** The event of a line of a story. */
final class StoryEvent {

    private StoryEvent() {}

    static Events of(StoryLine line) {
        Subject subject = SubjectKey.parse(line.key());
        Events event = event(subject.getId(), line)
                .kind(subject.getKind())
                .source(subject.getSource())
                .stage(subject.getStage())
                .at(line.at());
        line.option("attempt").ifPresent(number -> event.attempt(Integer.parseInt(number)));
        line.option("detail").ifPresent(event::detail);
        line.option("due").ifPresent(time -> event.dueAt(StoryLine.time(time)));
        line.option("in").ifPresent(parent -> event.parent(SubjectKey.parse(parent)));
        return event;
    }

    private static Events event(String id, StoryLine line) {
        return switch (line.words().get(0)) {
            case "Declared" -> Events.declared(id);
            case "Opened" -> Events.opened(id);
            case "Deferred" -> Events.deferred(id);
            case "Pending" -> Events.of(id, pending(line));
            case "Completed" -> Events.completed(id);
            case "Failed" -> Events.failed(id);
            case "Skipped" -> Events.of(id, new Skipped(line.option("reason").orElseThrow()));
            case "Retired" -> Events.retired(id);
            case "Reconciled" -> Events.of(id, reconciled(line.words()));
            default -> throw new IllegalArgumentException("no event: " + line);
        };
    }

    private static Pending pending(StoryLine line) {
        return Pending.newBuilder()
                .setStartedAt(line.at())
                .setCompletedAt(line.at())
                .setDurationMs(0)
                .setExpectedMembers(line.option("members").map(Long::valueOf).orElse(null))
                .build();
    }

    private static Reconciled reconciled(List<String> words) {
        String[] check = words.get(1).split(" ");
        return Reconciled.newBuilder()
                .setCheckType(CheckType.valueOf(check[0]))
                .setStatus(CheckStatus.valueOf(check[1]))
                .setRunDate(LocalDate.parse(check[2]))
                .build();
    }
}
