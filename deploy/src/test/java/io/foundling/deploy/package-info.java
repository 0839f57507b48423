/**
 * Holds what is deployed to the code it deploys: renders the chart, parses every object strictly, and compares configuration,
 * topics, rights, metrics and commands with those of the service. Tests only; needs no cluster.
 */
package io.foundling.deploy;
