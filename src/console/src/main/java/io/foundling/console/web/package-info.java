/**
 * The HTTP server of the console, and what its operations are made of: parameters that are read strictly, answers in the
 * form that was asked for, problems, and the OpenAPI document. It knows no operation itself. Requests are served on the
 * threads of the server, of which there is a limited number.
 */
package io.foundling.console.web;
