/**
 * What Alertmanager does with the alerts that it was sent: which are silenced, by whom, until when. Asked when somebody
 * looks at alerts, on the threads of the server, and on few threads of its own. Any thread.
 */
package io.foundling.console.delivery.silence;
