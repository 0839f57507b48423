/**
 * Alertmanager as a receiver: what fires is sent again and again. Each instance has a thread of its own; the reader
 * of the topics hands changes to the set that they share.
 */
package io.foundling.console.delivery.alertmanager;
