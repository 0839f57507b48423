/**
 * The service as it is deployed: real processes against a real broker and registry. Tests here start {@code serve} and {@code
 * replay} in JVMs of their own, so that they can be killed; nothing of them outlives the test.
 */
package io.foundling.service.it;
