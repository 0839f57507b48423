package io.foundling.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is asked of a demo.
 *
 * @param directory where broker, registry and service keep what they hold; none: a temporary one
 * @param keep whether everything goes on running after the summary
 * @param duration for how long the pipeline opens batches
 */
record DemoOptions(Optional<Path> directory, boolean keep, Duration duration) {}
