/**
 * Alerts that reach people: what an alert says, what a receiver has got of it, and how both kinds of receivers are
 * served. The sub-packages hold the two kinds, the exchange over HTTP, and the topics that are read and written.
 */
package io.foundling.console.delivery;
