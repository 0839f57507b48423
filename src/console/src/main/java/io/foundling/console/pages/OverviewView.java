package io.foundling.console.pages;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the overview shows.
 *
 * @param figures at a glance
 * @param groups what awaits and what is orphaned, by source and stage
 * @param bands the names of bands of ages, the youngest first
 * @param sources how each source reports
 * @param charts of the last hours
 */
public record OverviewView(
        Frame frame,
        List<Figure> figures,
        List<Group> groups,
        List<String> bands,
        List<Row> sources,
        List<Chart> charts) {

    /**
     * One number.
     *
     * @param note a few words below it
     * @param link where its rows are; empty if it has none
     * @param isAlarm whether it should not be so
     */
    public record Figure(String name, String value, String note, String link, boolean isAlarm) {}

    /**
     * What awaits in one stage.
     *
     * @param statuses numbers by status
     * @param ages numbers by band
     */
    public record Group(
            String source,
            String stage,
            long awaiting,
            Map<String, Long> statuses,
            List<Long> ages,
            long orphans,
            long unknown) {

        public String count(long number) {
            return number == 0 ? "" : Row.counted(number);
        }

        /** Returns the address of its rows in another list. */
        public String link(String page) {
            return new Query(Map.of(), Map.of("source", List.of(source)))
                    .with("stage", stage)
                    .at(page);
        }
    }

    /**
     * A line over time, in a picture of {@link #WIDTH} times {@link #HEIGHT} pixels.
     *
     * @param points of the line, as SVG has them; parts without figures are missing
     * @param last value; none if there is none
     * @param highest value
     * @param summary the picture in words
     */
    public record Chart(
            String name, String tone, List<String> points, Optional<Long> last, long highest, String summary) {

        public static final int WIDTH = 320;
        public static final int HEIGHT = 64;

        public String lastText() {
            return last.map(Row::counted).orElse("not counted yet");
        }

        public String highestText() {
            return Row.counted(highest);
        }
    }
}
