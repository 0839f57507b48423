/**
 * The one strict reader of YAML: values with their path and line, and every problem of a file noted rather than thrown. Used
 * for topics.yaml, the configuration and mappings, by the thread that reads the file.
 */
package io.foundling.topology.yaml;
