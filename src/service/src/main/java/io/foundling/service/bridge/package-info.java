/**
 * The running process of {@code bridge}: records of other topics become audit events. {@link BridgeTopology} says what
 * happens to a record, on stream threads; {@link BridgeService} runs one Kafka Streams client for each bridge.
 */
package io.foundling.service.bridge;
