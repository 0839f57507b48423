/** The service under load for a long time: nothing grows, nothing is false, nothing is missing. */
package io.foundling.service.it.soak;
