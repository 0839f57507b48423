/** One exchange over HTTP with a receiver, bounded in time and bytes. Any thread. */
package io.foundling.console.delivery.http;
