/**
 * JSON as audit events. The form is that of the contract's Avro schema, as the console and {@code tail} show events, and is
 * derived from that schema. Pure; any thread.
 */
package io.foundling.intake.event;
