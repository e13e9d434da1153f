package dev.smsrunner.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** What stands in front of the service: finds the operation, admits the caller, and puts the answer on the wire. */
final class Gateway implements HttpHandler {

    private final Cloud cloud;
    private final List<Route> routes;
    private final SimulatorAudit audit;
    private final Clock clock;
    private final AtomicLong requests;

    Gateway(Cloud cloud, List<Route> routes, SimulatorAudit audit, Clock clock) {
        this.cloud = cloud;
        this.routes = routes;
        this.audit = audit;
        this.clock = clock;
        this.requests = new AtomicLong(audit.size());
    }

    /**
     * The operation a call is for.
     *
     * @param route the operation
     * @param path values of its placeholders
     */
    private record Found(Route route, Map<String, String> path) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Call call = Call.read(exchange);
        String requestId = UUID.fromString(cloud.world().id("request", requests.incrementAndGet()))
                .toString()
                .replace("-", "");
        Optional<Found> found = find(call);
        Trace trace = new Trace(found.map(f -> f.route().operation()).orElse("?"), "anonymous", requestId);
        Answer answer = found.map(f -> execute(f, call, trace)).orElseGet(() -> unknown(call, trace));
        Wire.send(exchange, answer.withHeader("X-Request-Id", requestId));
    }

    private Optional<Found> find(Call call) {
        for (Route route : routes) {
            Optional<Map<String, String>> path = route.match(call.method(), call.path());
            if (path.isPresent()) {
                return Optional.of(new Found(route, path.get()));
            }
        }
        return Optional.empty();
    }

    private Answer unknown(Call call, Trace trace) {
        synchronized (cloud) {
            Refusal refusal =
                    Refusal.of(404, "APIG.0101", "The API does not exist or has not been published in the environment");
            audit.record(cloud.tick(), clock.instant(), trace.refused(refusal).status(404));
            return Answer.of(refusal);
        }
    }

    /** Calls are executed one after the other, so that each sees the effect of the one before. */
    private Answer execute(Found found, Call call, Trace trace) {
        synchronized (cloud) {
            Request request = new Request(found.path(), call.query(), call.body(), cloud.tick(), trace);
            Answer answer = answer(found.route(), request);
            audit.record(request.now(), clock.instant(), trace.status(answer.status()));
            return answer;
        }
    }

    private static Answer answer(Route route, Request request) {
        try {
            return route.handler().apply(request);
        } catch (Refusal refusal) {
            request.trace().refused(refusal);
            return Answer.of(refusal);
        }
    }
}
