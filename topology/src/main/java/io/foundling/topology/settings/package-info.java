/**
 * The settings of the topology. The service reads them from its configuration and hands them to the assembly; nothing
 * in this module reads a file or the environment.
 */
package io.foundling.topology.settings;
