/** Local state that breaks, and instances that end, come back, join and leave. */
package io.foundling.service.it.state;
