/**
 * Examines everything that the service needs, without changing it, and reports errors with their remedy. Called by the
 * command {@code doctor}; blocks on network and disk.
 */
package io.foundling.service.doctor;
