/** Builds the container image out of a base, the service's jars and an entrypoint. Called by Maven and by the tests. */
package io.foundling.image;
