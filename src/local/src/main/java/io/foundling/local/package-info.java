/**
 * A real Kafka broker and a real schema registry on this machine, for the demo and for tests, never for a deployment.
 * Any thread may start and stop them; a method returns when the broker or registry has started or stopped.
 */
package io.foundling.local;
