/**
 * The recorder that an upstream service links to report audit events. Every public type may be used from any thread. Calls
 * validate on the caller's thread; tickets complete on the producer's.
 */
package io.foundling.client;
