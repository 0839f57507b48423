/** Sources that stop reporting, on a real broker. */
package io.foundling.service.it.silence;
