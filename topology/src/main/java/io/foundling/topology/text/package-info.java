/** How people write durations, and which known name they meant by a mistyped one. Pure; for any thread. */
package io.foundling.topology.text;
