/** Programs to run and to copy from; settings come from the {@code AUDIT_…} variables of the environment. */
package io.foundling.examples;
