package io.foundling.topology.lifecycle;

/**
 * The settings of the lifecycle rules, in milliseconds.
 *
 * @param maxLateHoldMs at most how long a delay holds a warning back
 * @param completedMs how long a COMPLETED disposition is kept; 0 removes it at once
 * @param unsuccessfulMs how long every other one is kept
 * @param memoryMs how long a stone is kept
 * @param settleGraceMs how long after its parent closed a member may still move on
 * @param maxSkewMs how far two clocks may differ at most
 * @param allowedLagMs how far those of healthy producers differ at most
 */
public record LifecycleSettings(
        long maxLateHoldMs,
        long completedMs,
        long unsuccessfulMs,
        long memoryMs,
        long settleGraceMs,
        long maxSkewMs,
        long allowedLagMs) {}
