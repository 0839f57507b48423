package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.annotated;
import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.declared;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.Events.reconciled;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.CheckStatus;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.Settings;
import io.foundling.topology.harness.StoredKeys;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.Volume;
import io.foundling.topology.store.StoreKeys;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves rules S1 and S2: every kind of entry of the ledger's store, damaged in every way, met on every path. */
final class DamagedEntriesTest {

    private static final LedgerSettings SETTINGS = Settings.of(LedgerSettings.defaults("audit.events", 1))
            .policies(Settings.comparing(new Volume(50, 0, ZoneOffset.UTC, false)));
    private static final Subject EXPORT = new Subject(SubjectKind.EXPORT, Events.SOURCE, Events.STAGE, "e1");
    private static final LocalDate CHECKED = LocalDate.ofInstant(START, ZoneOffset.UTC);
    private static final Instant DAMAGED = START.plus(80, MINUTES);

    /** What an earlier version wrote, what the policy itself writes, and the notes of a pass under way. */
    private static final Set<String> NOT_MADE = Set.of(
            "FORMER_CURSOR", "NEWEST_LATE", "SET_ASIDE", "RECOUNT", "PASS", "FORMER_ATTEMPTS", "LOGGED_EXPIRIES");

    /** Their values say nothing, or nothing that their keys do not say. */
    private static final Set<String> WITHOUT_VALUE =
            Set.of("STAMP", "OWN_STAMP", "LOGGED_EXPIRIES", "EXPIRY", "PUBLISHED", "PASS");

    /** Read only when its subject counts in its group again, or when offsets are lost again. */
    private static final Set<String> SELDOM_MET = Set.of("COUNTED", "SOURCE");

    /** Kept in memory once they were read or written, and written from there: damage is met after a restart. */
    private static final Set<String> KEPT_IN_MEMORY = Set.of(
            "CURSOR",
            "DELAY",
            "DELAYED_SINCE",
            "DELAYS_KNOWN",
            "DROPPED",
            "HEARD_SOURCE",
            "PARENT",
            "POLICIES",
            "PUBLISHED",
            "TALLY",
            "WITHOUT_ID");

    enum Damage {
        TRUNCATED {
            @Override
            byte[] of(byte[] sound) {
                return Arrays.copyOf(sound, Math.max(0, sound.length - 1));
            }
        },
        EMPTY {
            @Override
            byte[] of(byte[] sound) {
                return new byte[0];
            }
        },
        RANDOM {
            @Override
            byte[] of(byte[] sound) {
                byte[] random = new byte[23];
                new Random(4_711).nextBytes(random);
                random[0] = (byte) 0xC1;
                return random;
            }
        };

        abstract byte[] of(byte[] sound);
    }

    private static Map<String, Byte> kinds() {
        Map<String, Byte> kinds = new TreeMap<>();
        for (Field field : StoreKeys.class.getDeclaredFields()) {
            if (field.getType() == byte.class && Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                try {
                    kinds.put(field.getName(), field.getByte(null));
                } catch (IllegalAccessException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
        return kinds;
    }

    static Stream<Arguments> damages() {
        List<Arguments> all = new ArrayList<>();
        kinds().forEach((name, kind) -> {
            for (Damage damage : Damage.values()) {
                boolean atTheStart =
                        KEPT_IN_MEMORY.contains(name) ? damage != Damage.RANDOM : damage == Damage.TRUNCATED;
                all.add(Arguments.of(name, kind, damage, atTheStart));
            }
        });
        return all.stream().filter(each -> !NOT_MADE.contains((String) each.get()[0]) || each.get()[0].equals("PASS"));
    }

    @Test
    void shouldMakeEntriesOfEveryKindAndNameIt() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // When
            makeEverything(ledger);

            // Then
            Set<Bytes> stored = ledger.store().contents().keySet();
            kinds().forEach((name, kind) -> {
                assertThat(StoreKeys.kind(Bytes.wrap(new byte[] {kind})))
                        .as(name)
                        .isNotEqualTo(Set.of("SET_ASIDE", "NEWEST_LATE").contains(name) ? "" : "other");
                assertThat(stored.stream().anyMatch(key -> key.get()[0] == kind))
                        .as("an entry of kind " + name)
                        .isEqualTo(!NOT_MADE.contains(name));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("damages")
    void shouldSetAsideWhatCannotBeDecodedAndGoOn(String name, byte kind, Damage damage, boolean atTheStart) {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            makeEverything(ledger);
            ledger.store().overwrite(StoreKeys.pass(Events.key("nobody")), new byte[0]);
            Map<Bytes, byte[]> damaged = damage(ledger, kind, damage);

            // When
            if (atTheStart) {
                ledger.restart();
            }
            meetEverything(ledger);
            ledger.restart();
            ledger.bothReach(DAMAGED.plus(5, HOURS));

            // Then
            assertThat(ledger.deadLetters()).isEmpty();
            assertThat(ledger.listener().entriesFailed()).isZero();
            assertThat(ledger.orphans()).containsKey(Events.key("bystander"));
            assertThat(ledger.orphanStory()).noneMatch(change -> change.contains(" null null null"));
            assertThat(ledger.dispositions()).containsKeys(Events.key("bystander"), Events.key("member"));
            Map<Bytes, byte[]> aside = setAside(ledger);
            aside.forEach((key, bytes) -> assertThat(bytes).isEqualTo(damaged.get(key)));
            if (WITHOUT_VALUE.contains(name)) {
                assertThat(aside).isEmpty();
            } else if (!SELDOM_MET.contains(name) && (atTheStart || !KEPT_IN_MEMORY.contains(name))) {
                assertThat(aside.keySet()).as("set aside").isNotEmpty();
                assertThat(ledger.listener().setAside().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isEqualTo(aside.size());
            }
        }
    }

    @Test
    void shouldKnowNothingOfFormerAttemptsThatCannotBeDecoded() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            String former = SubjectKey.of(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, "former");
            ledger.store().overwrite(StoreKeys.formerAttempts(former), new byte[] {1});
            ledger.restart();

            // When
            ledger.send(completed("former").kind(SubjectKind.BATCH));

            // Then
            assertThat(ledger.dispositions()).containsKey(former);
            assertThat(ledger.deadLetters()).isEmpty();
            assertThat(setAside(ledger)).containsOnlyKeys(StoreKeys.formerAttempts(former));
        }
    }

    @Test
    void shouldSetIndexEntriesAsideThatNameNothing() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("bystander").dueAt(START.plus(10, MINUTES)));
            ledger.store().overwrite(StoreKeys.expiry(START.toEpochMilli(), "nobody"), new byte[] {0});
            ledger.store().overwrite(Bytes.wrap(new byte[] {2, (byte) 0x80, 9}), new byte[] {0});
            ledger.restart();

            // When
            ledger.bothReach(START.plus(1, HOURS));

            // Then
            assertThat(ledger.orphans()).containsOnlyKeys(Events.key("bystander"));
            assertThat(ledger.listener().setAside()).containsEntry("expiry", 2L);
            assertThat(ledger.listener().entriesFailed()).isZero();
        }
    }

    @Test
    void shouldDeleteWhatWasSetAsideAfterThirtyDaysAndWhenItsSubjectIsErased() {
        try (LedgerHarness ledger = LedgerHarness.of(SETTINGS)) {
            // Given
            ledger.send(deferred("old").parent("b1"));
            ledger.send(deferred("erased").parent("b1"));
            ledger.store().overwrite(StoredKeys.subject("old"), new byte[] {99});
            ledger.store().overwrite(StoredKeys.subject("erased"), new byte[] {99});
            ledger.send(completed("old"));
            ledger.send(completed("erased"));
            assertThat(ledger.listener().setAside()).containsEntry("subject", 2L);

            // When
            ledger.send(erased("erased").at(START));

            // Then: also where only the lost subject knew of it
            assertThat(ledger.listener().setAside()).containsEntry("subject", 1L);
            assertThat(ledger.store().contents().keySet())
                    .noneMatch(key -> key.toString().contains(Events.key("erased")));
            ledger.wallReaches(START.plus(30, DAYS));
            assertThat(ledger.listener().setAside()).containsEntry("subject", 1L);
            ledger.wallReaches(START.plus(30, DAYS).plusSeconds(1));
            assertThat(ledger.listener().setAside()).containsEntry("subject", 0L);
        }
    }

    private static Map<Bytes, byte[]> damage(LedgerHarness ledger, byte kind, Damage damage) {
        Map<Bytes, byte[]> damaged = new TreeMap<>();
        ledger.store().contents().forEach((key, value) -> {
            if (key.get()[0] == kind) {
                damaged.put(key, damage.of(value));
            }
        });
        damaged.forEach(ledger.store()::overwrite);
        return damaged;
    }

    /** Returns what is set aside, by the keys it had. */
    private static Map<Bytes, byte[]> setAside(LedgerHarness ledger) {
        Map<Bytes, byte[]> aside = new TreeMap<>();
        ledger.store().contents().forEach((key, value) -> {
            if (key.get()[0] == 0x50) {
                aside.put(
                        Bytes.wrap(Arrays.copyOfRange(key.get(), 1, key.get().length)),
                        Arrays.copyOfRange(value, Long.BYTES, value.length));
            }
        });
        return aside;
    }

    private static void makeEverything(LedgerHarness ledger) {
        ledger.send(opened("b1").kind(SubjectKind.BATCH));
        ledger.send(deferred("erased").parent("b1"));
        ledger.send(erased("erased").at(START));
        ledger.send(deferred("member").parent("b1"));
        ledger.send(deferred("returned").parent("b1"));
        ledger.send(completed("returned").parent("b1"));
        ledger.send(deferred("exported").parent(EXPORT));
        ledger.send(deferred("orphan").dueAt(START.plus(10, MINUTES)));
        ledger.send(deferred("").dropped(3));
        ledger.send(declared("scope").kind(SubjectKind.SCOPE));
        meetScope(ledger, START);
        ledger.send(deferred("dropper").dropped(3));
        ledger.send(completed("b1").kind(SubjectKind.BATCH).at(START.plusSeconds(1)));
        ledger.send(reconciled("checked", CheckStatus.FAILED, CHECKED));
        ledger.clock().losesOffsets("audit.events", 0, 5);
        for (Instant now = START.plus(20, MINUTES); now.isBefore(DAMAGED); now = now.plus(20, MINUTES)) {
            ledger.bothReach(now);
            ledger.send(deferred("late" + now.getEpochSecond()).source("spool").at(now.minus(5, MINUTES)), now);
        }
        Instant last = DAMAGED.minus(1, MINUTES);
        ledger.bothReach(last);
        ledger.send(deferred("late").source("spool").at(last.minus(5, MINUTES)), last);
        ledger.bothReach(DAMAGED);
    }

    private static void meetScope(LedgerHarness ledger, Instant at) {
        ledger.send(completed("scope").kind(SubjectKind.SCOPE).at(at), at);
        ledger.send(
                reconciled("scope", CheckStatus.PASSED, LocalDate.ofInstant(at, ZoneOffset.UTC))
                        .at(at),
                at);
    }

    private static void meetEverything(LedgerHarness ledger) {
        meetScope(ledger, DAMAGED);
        ledger.send(deferred("bystander").at(DAMAGED).dueAt(DAMAGED.plus(10, MINUTES)));
        ledger.send(annotated("member").at(DAMAGED));
        ledger.send(deferred("member").parent("b1").at(DAMAGED));
        ledger.send(completed("orphan").at(DAMAGED));
        ledger.send(deferred("erased").parent("b1"));
        ledger.send(reconciled("checked", CheckStatus.PASSED, CHECKED).at(DAMAGED));
        ledger.send(deferred("").dropped(3));
        ledger.send(deferred("late").source("spool").at(DAMAGED.minus(5, MINUTES)), DAMAGED);
        ledger.send(deferred("exported2").parent(EXPORT).at(DAMAGED));
        ledger.send(opened("b1").kind(SubjectKind.BATCH).attempt(2).at(DAMAGED));
        ledger.bothReach(DAMAGED.plus(1, MINUTES));
        ledger.send(completed("b1").kind(SubjectKind.BATCH).attempt(2).at(DAMAGED.plus(1, MINUTES)));
        ledger.send(completed("exported").parent(EXPORT).at(DAMAGED.plus(1, MINUTES)));
        for (int i = 2; i <= 62; i += 10) {
            ledger.bothReach(DAMAGED.plus(i, MINUTES));
        }
    }
}
