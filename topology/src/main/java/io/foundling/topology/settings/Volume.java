package io.foundling.topology.settings;

import java.time.ZoneId;

/**
 * How far the counts of a declared scope may be from those of its earlier completions (rule C4).
 *
 * @param percent of the median; a greater deviation is an anomaly
 * @param floor a count is not compared while both it and the median are below
 * @param zone in which days begin
 * @param monthEnds whether month ends are compared with month ends only, and other days with other days
 */
public record Volume(int percent, long floor, ZoneId zone, boolean monthEnds) {

    public Volume {
        if (percent < 1) {
            throw new IllegalArgumentException("percent of a volume is " + percent + ", must be 1 or more");
        }
    }
}
