/**
 * Damaged or unusable local state: recognises it, lets Kafka Streams restore a damaged task from its changelog, and
 * explains what needs a person. Stores are opened and used by stream threads, some by the thread that starts the
 * service.
 */
package io.foundling.service.state;
