/**
 * What is on the broker, compared with what topics.yaml declares, and made so. Blocks on the network: called at start and
 * by commands, never from a stream thread.
 */
package io.foundling.service.topics;
