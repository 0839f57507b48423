package io.foundling.console.pages;

import java.util.List;
import java.util.Optional;

/**
 * The life of a subject as a picture: a lane for each attempt, time from left to right. All lengths are pixels.
 *
 * @param summary the picture in words
 * @param now where the present is; none if nothing is awaited any more
 * @param deadline of the present status; none if there is none
 */
public record Timeline(
        String summary,
        int height,
        List<Lane> lanes,
        List<Tick> ticks,
        Optional<Integer> now,
        Optional<Line> deadline) {

    public static final int WIDTH = 960;
    public static final int LEFT = 92;
    public static final int RIGHT = WIDTH - 24;

    /** One attempt. */
    public record Lane(int attempt, int top, List<Bar> bars, List<End> ends, List<Bar> orphaned) {}

    /**
     * A span of time in a status, or as an orphan.
     *
     * @param label empty if there is no room for it
     * @param title in full
     */
    public record Bar(int x, int width, String tone, String label, String title) {}

    /** How an attempt ended. */
    public record End(int x, String tone, String label, String title, boolean isLabelLeft) {}

    /** A point of the axis. */
    public record Tick(int x, String label) {}

    /** A moment across the picture. */
    public record Line(int x, String label, boolean isLabelLeft) {}
}
