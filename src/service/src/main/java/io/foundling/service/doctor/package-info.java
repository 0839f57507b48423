/**
 * Looks at everything the service needs, changes nothing, and says what is wrong and what mends it. Called by the command
 * {@code doctor}; blocks on network and disk.
 */
package io.foundling.service.doctor;
