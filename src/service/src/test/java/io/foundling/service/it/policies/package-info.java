/** Policies that change while the service runs. */
package io.foundling.service.it.policies;
