/** Brokers and registries that ask for a proof, and rights that are missing. */
package io.foundling.service.it.security;
