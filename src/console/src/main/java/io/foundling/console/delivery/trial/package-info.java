/** Trying receivers out, without a broker: {@code foundling notify test}. Any thread. */
package io.foundling.console.delivery.trial;
