/** The Streams topology and its settings; assembled by the service, which owns threads, configuration and clocks. */
package io.foundling.topology;
