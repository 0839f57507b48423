/**
 * Foreign JSON as audit events, by a declarative mapping file: lines of a file for {@code foundling replay}, records of
 * a topic for {@code foundling bridge}. Pure: no Kafka, no clock. A mapping is immutable and may be used from any thread;
 * start with {@link io.foundling.service.mapping.MappingReader}.
 */
package io.foundling.service.mapping;
