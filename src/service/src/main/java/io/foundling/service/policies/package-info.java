/**
 * Policies that change while the service runs: a thread of its own reads the configuration file again and again, and the
 * tasks of the topology take over what is in force.
 */
package io.foundling.service.policies;
