/** How {@code console} and {@code intake} serve HTTP: address, certificate and names of the configuration. */
package io.foundling.service.web;
