/**
 * A real Kafka broker and a real schema registry on this machine. For the demo and for tests, never for a deployment; any
 * thread may start and stop them, and each of their methods returns once the state it promises is reached.
 */
package io.foundling.local;
