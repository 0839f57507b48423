/** Every way from a system that others run to an alert that somebody gets, on a real broker and real processes. */
package io.foundling.service.it.reach;
