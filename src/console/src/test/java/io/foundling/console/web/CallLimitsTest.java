package io.foundling.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.access.Access;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallLimitsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(WebHarness.NOW);

    /** Everybody has each role who names himself with three letters. */
    private static final Access ACCESS = authorization -> authorization
            .filter(text -> text.matches("Bearer [a-z]{3}"))
            .map(text -> new Caller(text, EnumSet.allOf(Role.class), Optional.empty()))
            .orElseThrow(() -> new AccessDeniedException(Reason.UNKNOWN, "No such token is configured"));

    private final CallLimits limits =
            new CallLimits(limit(3)).with(Role.OPERATOR, new CallLimit("intake.perMinute", 2, CLOCK));

    private static CallLimit limit(int perMinute) {
        return new CallLimit("console.requestsPerMinute", perMinute, CLOCK);
    }

    @Test
    void shouldCountEachCallerByName() {
        try (WebHarness web = web()) {
            assertThat(statuses(web, "Bearer ann", 5)).containsExactly(200, 200, 200, 429, 429);
            assertThat(statuses(web, "Bearer bob", 4)).containsExactly(200, 200, 200, 429);
            HttpResponse<String> refused = web.get("/echo", "Authorization", "Bearer ann");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("21");
            assertThat(refused.headers().firstValue("Content-Type")).hasValue(MediaTypes.PROBLEM);
            assertThat(refused.body()).contains("3 a minute");
        }
    }

    @Test
    void shouldCountDeniedCallsByAddressAndRefuseNobodyElseForThem() {
        try (WebHarness web = web()) {
            assertThat(statuses(web, "Bearer wrong", 5)).containsExactly(401, 401, 401, 429, 429);
            assertThat(web.get("/echo").statusCode()).isEqualTo(429);
            assertThat(statuses(web, "Bearer ann", 1)).containsExactly(200);
        }
    }

    /** As the intake of events has one. */
    @Test
    void shouldCountOperationsOfARoleWithALimitOfItsOwnAgainstThatOnly() {
        try (WebHarness web = web()) {
            assertThat(IntStream.range(0, 3)
                            .mapToObj(i -> web.post(
                                    "/posting", "{}", "Authorization", "Bearer ann", "Content-Type", MediaTypes.JSON))
                            .map(HttpResponse::statusCode))
                    .containsExactly(200, 200, 429);
            assertThat(statuses(web, "Bearer ann", 4)).containsExactly(200, 200, 200, 429);
        }
    }

    /** A body that is not read costs nothing. */
    @Test
    void shouldRefuseBeforeTheBodyIsRead() {
        try (WebHarness web = web()) {
            for (int i = 0; i < 2; i++) {
                web.post("/posting", "{}", "Authorization", "Bearer ann", "Content-Type", MediaTypes.JSON);
            }
            assertThat(web.post("/posting", "{}", "Authorization", "Bearer ann", "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void shouldCountANetworkOfIpv6AsOneAddress() throws UnknownHostException {
        // Given
        CallLimits one = new CallLimits(limit(1));
        Operation echo = TestOperations.echo();
        one.checkDenied(echo, InetAddress.getByName("2001:db8::1"));

        // Then
        assertThat(isRefused(one, echo, "2001:db8::ffff:2")).isTrue();
        assertThat(isRefused(one, echo, "2001:db8:0:1::1")).isFalse();
        assertThat(isRefused(one, echo, "10.0.0.1")).isFalse();
        assertThat(isRefused(one, echo, "10.0.0.2")).isFalse();
        assertThat(isRefused(one, echo, "10.0.0.1")).isTrue();
    }

    private static boolean isRefused(CallLimits limits, Operation operation, String address)
            throws UnknownHostException {
        try {
            limits.checkDenied(operation, InetAddress.getByName(address));
            return false;
        } catch (ProblemException refused) {
            return true;
        }
    }

    private WebHarness web() {
        return new WebHarness(TestOperations.all(), new Callers(ACCESS, limits), WebLimits.DEFAULTS);
    }

    private static List<Integer> statuses(WebHarness web, String authorization, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> web.get("/echo", "Authorization", authorization).statusCode())
                .toList();
    }
}
