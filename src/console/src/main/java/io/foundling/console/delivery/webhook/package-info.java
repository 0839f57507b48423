/**
 * Webhooks: a program that is posted each change of an alert, one at a time. What is pending is decided purely; one
 * thread for each receiver sends it.
 */
package io.foundling.console.delivery.webhook;
