package io.foundling.topology.lifecycle.naive.generators;

import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveEventDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Draws the events of one scenario. */
final class RandomEvents {

    /** Every id of an event has one (rule R6). */
    private static final long VERSION = 0x4000;

    private static final List<String> PARENTS = List.of("", "", "", "batch/s/t/1", "batch/s/t/2");
    private static final List<String> WORDS = List.of("", "", "a", "b", "c");

    private final Random random;
    private final RandomTimes times;
    private final RandomScenario.Numbering numbering;
    private final boolean spooled;
    private final int highestNumber;
    private final List<FactType> types;

    RandomEvents(Random random, RandomTimes times, RandomScenario.Numbering numbering, boolean spooled) {
        this.random = random;
        this.times = times;
        this.numbering = numbering;
        this.spooled = spooled;
        highestNumber = 1 + random.nextInt(random.nextBoolean() ? 1 : 4);
        types = favourites(random);
    }

    /** Returns a few types, or all and some of them several times, so that scenarios differ in what they are about. */
    private static List<FactType> favourites(Random random) {
        if (random.nextInt(3) == 0) {
            FactType any = random.nextBoolean()
                    ? FactType.DEFERRED
                    : FactType.values()[random.nextInt(FactType.values().length)];
            return List.of(any, FactType.DEFERRED, FactType.EXTENDED, FactType.EXTENDED);
        }
        List<FactType> types = new ArrayList<>(List.of(FactType.values()));
        types.addAll(List.of(FactType.DEFERRED, FactType.PENDING, FactType.COMPLETED, FactType.EXTENDED));
        int repeats = random.nextInt(4);
        for (int i = 0; i < repeats; i++) {
            FactType favourite = FactType.values()[random.nextInt(FactType.values().length)];
            types.addAll(List.of(favourite, favourite, favourite, favourite));
        }
        return types;
    }

    List<NaiveEvent> draw(int facts) {
        List<NaiveEvent> events = new ArrayList<>();
        for (int i = 0; i < facts; i++) {
            UUID id = collides() && !events.isEmpty()
                    ? events.get(random.nextInt(events.size())).eventId()
                    : id(i);
            events.add(fact(id));
        }
        int annotations = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
        for (int i = 0; i < annotations; i++) {
            NaiveEventDraft draft =
                    NaiveEventDraft.annotated(times.near(random)).id(id(facts + i));
            events.add(finish(draft).event());
        }
        return events;
    }

    /**
     * Same id, other contents. Not where every fact is numbered: what it replaces may have been a violation for a
     * while.
     */
    private boolean collides() {
        return numbering != RandomScenario.Numbering.ALL && random.nextInt(40) == 0;
    }

    /** Ids that differ only at one end, and in the bit where signed and unsigned order disagree. */
    private UUID id(int unique) {
        long sign = random.nextBoolean() ? Long.MIN_VALUE : 0;
        return random.nextBoolean()
                ? new UUID(sign | VERSION, random.nextInt(3) << 8 | unique)
                : new UUID((long) unique << 16 | VERSION, sign | unique);
    }

    private NaiveEvent fact(UUID id) {
        FactType type = types.get(random.nextInt(types.size()));
        NaiveEventDraft draft = NaiveEventDraft.of(type, times.near(random))
                .id(id)
                .parent(PARENTS.get(random.nextInt(PARENTS.size())))
                .detail(word())
                .grace(type.awaits() ? random.nextInt(3) * random.nextInt(3) : 0);
        number().ifPresent(draft::attempt);
        if (type == FactType.DEFERRED || type == FactType.EXTENDED) {
            draft.waitingOn(word());
        }
        if (type == FactType.PENDING) {
            draft.externalId(word());
        }
        if (!type.awaits() && type != FactType.EXTENDED || type == FactType.RETRYING || type == FactType.EXPECTED) {
            draft.reason(word());
        }
        if (type == FactType.EXPECTED) {
            draft.promisedBy(word());
        }
        if (type == FactType.DECLARED && random.nextInt(4) > 0) {
            draft.duration(1 + random.nextInt(30));
        }
        if (type == FactType.COMPLETED && random.nextBoolean()) {
            draft.outputHash(word()).duration(random.nextInt(3)).counts(Map.of("rows", random.nextLong(3)));
        }
        return finish(deadline(draft, type)).event();
    }

    private NaiveEventDraft deadline(NaiveEventDraft draft, FactType type) {
        if (type == FactType.EXTENDED) {
            return draft.due(times.near(random));
        }
        if (!type.awaits() || random.nextInt(5) == 0) {
            return draft;
        }
        return random.nextBoolean()
                ? draft.due(times.near(random))
                : draft.deadline(times.near(random), "policy:p" + random.nextInt(2));
    }

    private NaiveEventDraft finish(NaiveEventDraft draft) {
        if (random.nextInt(4) == 0) {
            draft.metadata("k" + random.nextInt(3), "v" + random.nextInt(100));
        }
        if (spooled && random.nextInt(3) == 0) {
            draft.appended(times.near(random) + random.nextInt(20));
        }
        return draft;
    }

    private Optional<Integer> number() {
        boolean numbered = switch (numbering) {
            case ALL -> true;
            case NONE -> false;
            case MIXED -> random.nextBoolean();
        };
        if (!numbered) {
            return Optional.empty();
        }
        if (random.nextInt(30) == 0) {
            return Optional.of(100 + random.nextInt(6));
        }
        return Optional.of(1 + random.nextInt(highestNumber));
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
