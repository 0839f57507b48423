package io.foundling.bench.ledger;

import io.foundling.bench.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures of all rounds: minimum, median and maximum, and the ratios of the medians. */
final class LedgerTable {

    private final Map<LedgerContender, List<LedgerFigures>> rounds;

    LedgerTable(Map<LedgerContender, List<LedgerFigures>> rounds) {
        this.rounds = rounds;
    }

    void addTo(Report report) {
        report.head(
                "contender",
                "rounds",
                "events/s",
                "CPU s/M",
                "CPU s/M afterwards",
                "broker's CPU s/M",
                "changelog records",
                "changelog bytes",
                "output records",
                "output bytes",
                "MiB");
        rounds.forEach((contender, figures) -> report.row(
                contender.label(),
                figures.size(),
                spread(figures, LedgerFigures::rate),
                spread(figures, LedgerFigures::cpu),
                spread(figures, LedgerFigures::afterwards),
                spread(figures, LedgerFigures::brokerCpu),
                median(figures, run -> run.changelog().records()),
                median(figures, run -> run.changelog().bytes()),
                median(figures, run -> run.outputs().records()),
                median(figures, run -> run.outputs().bytes()),
                spread(figures, LedgerFigures::peakMib)));
        report.endOfTable();
    }

    /** Adds the ratios of all contenders to one of them, if that has run. */
    void addRatios(Report report, LedgerContender to) {
        List<LedgerFigures> base = rounds.getOrDefault(to, List.of());
        if (base.isEmpty() || rounds.size() == 1) {
            return;
        }
        report.head("against " + to.label(), "events/s", "CPU", "CPU with afterwards", "with the broker's");
        rounds.forEach((contender, figures) -> report.row(
                contender.label(),
                median(figures, LedgerFigures::rate) / median(base, LedgerFigures::rate),
                median(figures, LedgerFigures::cpu) / median(base, LedgerFigures::cpu),
                median(figures, LedgerFigures::wholeCpu) / median(base, LedgerFigures::wholeCpu),
                median(figures, run -> run.wholeCpu() + run.brokerCpu())
                        / median(base, run -> run.wholeCpu() + run.brokerCpu())));
        report.endOfTable();
    }

    private static String spread(List<LedgerFigures> runs, ToDoubleFunction<LedgerFigures> figure) {
        double[] sorted = sorted(runs, figure);
        String median = text(median(runs, figure));
        return sorted.length == 1 ? median : text(sorted[0]) + " / " + median + " / " + text(sorted[sorted.length - 1]);
    }

    private static double median(List<LedgerFigures> runs, ToDoubleFunction<LedgerFigures> figure) {
        double[] sorted = sorted(runs, figure);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double[] sorted(List<LedgerFigures> runs, ToDoubleFunction<LedgerFigures> figure) {
        return runs.stream().mapToDouble(figure).sorted().toArray();
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, number >= 100 ? "%,.0f" : "%.1f", number);
    }
}
