package io.foundling.console.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose next request does not arrive in time, however often the client sends a byte of it. Costs a
 * timer a connection. Any thread.
 */
final class ArrivalLimit extends Handler.Wrapper implements Connection.Listener {

    private final Scheduler timer;
    private final Duration limit;
    private final Map<Connection, Scheduler.Task> awaited = new ConcurrentHashMap<>();

    ArrivalLimit(Scheduler timer, Duration limit) {
        this.timer = timer;
        this.limit = limit;
    }

    /** The connection inside one of TLS is opened, too, and is the one that requests have. */
    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)) {
            await(connection);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        cancel(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        cancel(connection);
        Request.addCompletionListener(request, failure -> await(connection));
        return super.handle(request, response, callback);
    }

    private void await(Connection connection) {
        if (connection.getEndPoint().isOpen()) {
            Scheduler.Task task =
                    timer.schedule(() -> connection.getEndPoint().close(), limit.toMillis(), TimeUnit.MILLISECONDS);
            Scheduler.Task replaced = awaited.put(connection, task);
            if (replaced != null) {
                replaced.cancel();
            }
        }
    }

    private void cancel(Connection connection) {
        Scheduler.Task task = awaited.remove(connection);
        if (task != null) {
            task.cancel();
        }
    }
}
