package dev.smsrunner.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.smsrunner.simulator.Route.RouteMatch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The API gateway: finds the operation, authenticates the caller and delivers the answer. */
final class Gateway implements HttpHandler {

    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

    /** Body limit of the API gateway. */
    private static final int LARGEST_BODY = 12 << 20;

    private static final Refusal UNKNOWN =
            Refusal.of(404, "APIG.0101", "The API does not exist or has not been published in the environment");
    private static final Refusal INTERNAL = Refusal.of(500, "APIG.0601", "Internal server error");
    private static final Refusal TOO_LARGE = Refusal.of(413, "APIG.0201", "Request entity too large");

    private final List<Route> routes;
    private final Authenticator callers;
    private final RateLimit rateLimit;
    private final CallDispatcher execution;
    private final ResponseWriter delivery;
    private final ServerGenerator world;
    private final AtomicLong requests;

    Gateway(
            List<Route> routes,
            Authenticator callers,
            RateLimit rateLimit,
            CallDispatcher execution,
            ResponseWriter delivery,
            ServerGenerator world,
            long requestsSoFar) {
        this.routes = routes;
        this.callers = callers;
        this.rateLimit = rateLimit;
        this.execution = execution;
        this.delivery = delivery;
        this.world = world;
        this.requests = new AtomicLong(requestsSoFar);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        SimulatedCall call = SimulatedCall.read(exchange, LARGEST_BODY);
        String requestId = world.id("request", requests.incrementAndGet()).replace("-", "");
        RouteMatch matched = match(call);
        CallRecord trace =
                new CallRecord(matched == null ? "?" : matched.route().operation(), "anonymous", requestId);
        CallDispatcher.Result result = process(call, matched, trace);
        delivery.deliver(exchange, result.answer().withHeader("X-Request-Id", requestId), result.fault());
    }

    private CallDispatcher.Result process(SimulatedCall call, @Nullable RouteMatch matched, CallRecord trace) {
        try {
            if (matched == null) {
                throw UNKNOWN;
            }
            if (call.body().length > LARGEST_BODY) {
                throw TOO_LARGE;
            }
            if (!matched.route().isOpen()) {
                trace.actor(callers.identify(call));
                rateLimit.admit();
            }
            CallDispatcher.Result result = execution.execute(matched, call, trace);
            boolean ends = result.fault() != null && result.fault().kind() == AnswerFault.Kind.TOKEN_EXPIRED;
            return ends ? new CallDispatcher.Result(callers.expireToken(call), result.fault()) : result;
        } catch (Refusal ex) {
            return new CallDispatcher.Result(execution.refuse(ex, trace), null);
        } catch (RuntimeException ex) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The simulator failed to answer " + call.method() + " " + call.path(),
                    ex);
            return new CallDispatcher.Result(execution.refuse(INTERNAL, trace), null);
        }
    }

    private @Nullable RouteMatch match(SimulatedCall call) {
        return routes.stream()
                .flatMap(route -> route.match(call.method(), call.path()).stream())
                .findFirst()
                .orElse(null);
    }
}
