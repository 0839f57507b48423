/** How a process of the service starts its parts, runs, and stops them. Any thread. */
package io.foundling.service.process;
