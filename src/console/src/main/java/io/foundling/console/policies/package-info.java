/**
 * Policies on trial: two ledgers in this process read the same trail, one under the policies in force and one under others,
 * and what they would have published is compared. Nothing is written to a topic. {@link io.foundling.console.policies.Trials} runs
 * trials for callers of the API, on a thread of its own; everything else is for one thread at a time.
 */
package io.foundling.console.policies;
