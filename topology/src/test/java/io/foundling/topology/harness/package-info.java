/**
 * What tests of the topology share: the real topology over its real store on one partition, with the clocks, the events
 * and the eyes that a test needs. Each harness checks conservation when it closes.
 */
package io.foundling.topology.harness;
