package io.foundling.service.config;

import java.time.Duration;

/** How often a task looks for due deadlines, and how many one sweep takes. */
public record SweepSettings(Duration interval, int maxExpiries) {}
