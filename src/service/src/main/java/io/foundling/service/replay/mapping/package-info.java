/**
 * Foreign JSON lines as audit events, by a declarative mapping file. Pure: no Kafka, no clock. A mapping is immutable
 * and may be used from any thread; start with {@link io.foundling.service.replay.mapping.MappingReader}.
 */
package io.foundling.service.replay.mapping;
