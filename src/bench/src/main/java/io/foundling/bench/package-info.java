/**
 * Benchmarks that a developer runs and compares with an alternative in the same run. Never deployed; no other module
 * calls them.
 */
package io.foundling.bench;
