/**
 * The recorder of a Spring Boot application: settings from its environment, meters, health, and a close after
 * everything that records. Spring calls it when the application starts and ends; health is asked by any thread.
 */
package io.foundling.client.springboot;
