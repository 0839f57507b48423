/** Benchmarks that are run by hand and compared with a peer in the same run; nothing here is deployed. */
package io.foundling.bench;
