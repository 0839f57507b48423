/**
 * Audit events over HTTP, from those who have no Kafka or no Avro. {@link EventSink} is where they go. It knows neither the
 * command line nor the configuration file.
 */
package io.foundling.intake;
