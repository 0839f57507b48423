/** The job of a careful team on Flink, run in one JVM. Only {@code ledger-bench} starts it. */
package io.foundling.bench.flink;
