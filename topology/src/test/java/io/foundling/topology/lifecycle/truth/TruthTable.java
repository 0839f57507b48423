package io.foundling.topology.lifecycle.truth;

import io.foundling.audit.SubjectKind;
import io.foundling.topology.lifecycle.naive.model.LifecycleUnderTest;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** False and lost orphans per 1,000 runs without numbers, by gap between the runs and by skew, as Markdown. */
public final class TruthTable {

    private static final int SUBJECTS = 120;

    private final Function<NaiveSettings, LifecycleUnderTest> rules;
    private final StringBuilder text = new StringBuilder();

    private TruthTable(Function<NaiveSettings, LifecycleUnderTest> rules) {
        this.rules = rules;
    }

    /** Returns the tables that the given rules give. */
    public static String of(Function<NaiveSettings, LifecycleUnderTest> rules) {
        TruthTable tables = new TruthTable(rules);
        tables.add("a RECORD, runs of 10 s or more", false, SubjectKind.RECORD);
        tables.add("other kinds, runs of 10 s or more", false, SubjectKind.OPERATION);
        tables.add("a RECORD, runs that may end at once", true, SubjectKind.RECORD);
        tables.add("other kinds, runs that may end at once", true, SubjectKind.OPERATION);
        return tables.text.toString();
    }

    private void add(String title, boolean racing, SubjectKind kind) {
        text.append(text.length() == 0 ? "" : "\n").append("| ").append(title).append(": gap |");
        GroundTruthContract.SKEWS_MS.forEach(
                skewMs -> text.append(" skew ").append(time(skewMs)).append(" |"));
        text.append("\n|---")
                .append("|---".repeat(GroundTruthContract.SKEWS_MS.size()))
                .append("|\n");
        for (long gapMs : GroundTruthContract.GAPS_MS) {
            text.append("| ").append(time(gapMs)).append(" |");
            for (long skewMs : GroundTruthContract.SKEWS_MS) {
                text.append(' ')
                        .append(cell(new Circumstances(kind, false, racing, gapMs, skewMs)))
                        .append(" |");
            }
            text.append('\n');
        }
    }

    private String cell(Circumstances circumstances) {
        Faults faults = Faults.NONE;
        for (int seed = 0; seed < SUBJECTS; seed++) {
            LifecycleUnderTest subject = rules.apply(GroundTruthContract.settings(circumstances));
            faults = faults.plus(Walk.live(SubjectLife.draw(circumstances, seed), subject));
        }
        return perThousand(faults.falseOrphans(), faults.runs()) + " / "
                + perThousand(faults.lostOrphans(), faults.runs());
    }

    /** Rounds up, so that only none is 0. */
    private static int perThousand(int count, int of) {
        return (count * 1_000 + of - 1) / of;
    }

    private static String time(long ms) {
        for (Unit unit : List.of(new Unit(60_000, "min"), new Unit(1_000, "s"))) {
            if (ms >= unit.ms() && ms % unit.ms() == 0) {
                return ms / unit.ms() + " " + unit.name();
            }
        }
        return ms == 0 ? "0" : ms >= 100 ? String.format(Locale.ROOT, "%.1f s", ms / 1_000.0) : ms + " ms";
    }

    private record Unit(long ms, String name) {}
}
