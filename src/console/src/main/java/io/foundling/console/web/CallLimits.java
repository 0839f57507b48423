package io.foundling.console.web;

import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Which limit a call counts against: that of the role which its operation needs, if the role has one of its own, and
 * otherwise the common one. A caller who is known counts by name, wherever the calls come from. A call that is denied
 * counts by its address. So a known caller is never refused because of others at the same address. Any thread.
 */
public final class CallLimits {

    public static final CallLimits NONE = new CallLimits(CallLimit.NONE);

    /** Whoever has one address of IPv6 has as many as fit behind these bytes. */
    private static final int NETWORK_BYTES = 8;

    private final CallLimit common;
    private final Map<Role, CallLimit> own;

    public CallLimits(CallLimit common) {
        this(common, new EnumMap<>(Role.class));
    }

    private CallLimits(CallLimit common, Map<Role, CallLimit> own) {
        this.common = common;
        this.own = own;
    }

    /** Returns these with another limit for the operations that need a role. */
    public CallLimits with(Role role, CallLimit limit) {
        Map<Role, CallLimit> more = new EnumMap<>(Role.class);
        more.putAll(own);
        more.put(role, limit);
        return new CallLimits(common, more);
    }

    /**
     * Counts a call of a caller who is known.
     *
     * @throws ProblemException if there were too many
     */
    public void check(Operation operation, Caller caller) {
        limit(operation).check("caller " + caller.name());
    }

    /**
     * Counts a call that is denied.
     *
     * @throws ProblemException if there were too many
     */
    void checkDenied(Operation operation, InetAddress address) {
        limit(operation).check("address " + network(address));
    }

    private CallLimit limit(Operation operation) {
        return operation.role().map(role -> own.getOrDefault(role, common)).orElse(common);
    }

    private static String network(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
    }
}
