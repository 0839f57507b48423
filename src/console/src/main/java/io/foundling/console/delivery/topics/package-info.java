/**
 * The Kafka side of delivery: who serves a receiver, what is read, where progress is kept. One thread for each receiver;
 * progress is also written by the threads that send.
 */
package io.foundling.console.delivery.topics;
