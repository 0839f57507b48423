/**
 * The pages: what people see of the read model in a browser. They ask the operations of the API in this process, so
 * they show nothing that the API would not answer to the same caller, and do nothing that it would refuse. Templates of
 * JTE, compiled with this module, make the HTML. Everything works without scripts; those only save reloading. Any
 * thread.
 */
package io.foundling.console.pages;
