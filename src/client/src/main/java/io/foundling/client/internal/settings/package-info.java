/**
 * Reads and checks the settings of a recorder. Called once, on the thread that builds the recorder; the result is
 * immutable and may be read from any thread. No Kafka and no I/O except the look-up of the host name.
 */
package io.foundling.client.internal.settings;
