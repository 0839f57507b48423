package io.foundling.console.policies;

import java.time.Duration;
import java.util.Map;

/**
 * What one alert did in a window.
 *
 * @param times how often it fired, also if it began before
 * @param lasting for how long it fired
 * @param most its highest count
 * @param labels with which it fired last
 */
public record AlertFirings(int times, Duration lasting, long most, Map<String, String> labels) {

    public AlertFirings {
        labels = Map.copyOf(labels);
    }
}
