/** A broker, a registry or a producer that does not do what it should: nothing is lost, and no warning is false. */
package io.foundling.service.it.faults;
