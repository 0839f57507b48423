/** The delivery of alerts from a real broker: to receivers that fail, by processes that are killed, and to Alertmanager. */
package io.foundling.service.it.delivery;
