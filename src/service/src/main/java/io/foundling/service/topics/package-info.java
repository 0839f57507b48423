/**
 * Compares the topics and rights on the broker with those that topics.yaml needs, and creates missing topics. Blocks on
 * the network: called at the start and by commands, never from a stream thread.
 */
package io.foundling.service.topics;
