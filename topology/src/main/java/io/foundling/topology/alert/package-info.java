/**
 * The alerts task: adds up the accounts of all partitions, one value each, and publishes settlements and alerts. Runs
 * on the stream thread of its task, partitioned by group.
 */
package io.foundling.topology.alert;
