package dev.smsrunner.simulator;

import dev.smsrunner.simulator.Route.RouteMatch;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Executes calls one after the other, so that each sees the effect of the previous call, and records them in the audit. */
final class CallDispatcher {

    private final SimulatedCloud cloud;
    private final Faults faults;
    private final SimulatorAudit audit;
    private final Clock clock;
    private final List<LateCall> late = new ArrayList<>();

    CallDispatcher(SimulatedCloud cloud, Faults faults, SimulatorAudit audit, Clock clock) {
        this.cloud = cloud;
        this.faults = faults;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Result of a call.
     *
     * @param answer answer without a fault
     * @param fault fault of the answer, or null
     */
    record Result(SimulatedResponse answer, @Nullable AnswerFault fault) {}

    /** A call that arrives after its caller has given up. */
    private record LateCall(Instant due, RouteMatch matched, SimulatedCall call, CallRecord trace) {}

    Result execute(RouteMatch matched, SimulatedCall call, CallRecord trace) {
        synchronized (cloud) {
            deliverLate();
            Instant now = cloud.tick();
            AnswerFault fault = faults.strike(trace.operation(), actionOf(call), sourceOf(matched, call, now));
            if (fault == null || fault.kind().executesNow()) {
                return new Result(run(matched, call, trace, fault, now), fault);
            }
            if (fault.kind() == AnswerFault.Kind.LATE_DELIVERY) {
                late.add(new LateCall(clock.instant().plus(fault.delay()), matched, call, trace));
            } else {
                audit.record(
                        now, clock.instant(), trace.code("fault " + fault.kind().keyword()));
            }
            return new Result(SimulatedResponse.accepted(), fault);
        }
    }

    SimulatedResponse refuse(Refusal refusal, CallRecord trace) {
        synchronized (cloud) {
            audit.record(
                    cloud.tick(), clock.instant(), trace.markRefused(refusal).status(refusal.status()));
            return SimulatedResponse.of(refusal);
        }
    }

    /** Executes the late calls that are due. No caller waits for their answers. */
    void deliverLate() {
        Instant now = clock.instant();
        List<LateCall> due = late.stream()
                .filter(call -> !call.due().isAfter(now))
                .sorted(Comparator.comparing(LateCall::due))
                .toList();
        late.removeAll(due);
        due.forEach(call -> run(call.matched(), call.call(), call.trace(), null, cloud.tickAt(call.due())));
    }

    private SimulatedResponse run(
            RouteMatch matched, SimulatedCall call, CallRecord trace, @Nullable AnswerFault fault, Instant now) {
        Request request = new Request(matched.path(), call.query(), call.body(), now, trace);
        if (fault != null) {
            trace.code("fault " + fault.kind().keyword());
        }
        SimulatedResponse answer = answer(matched.route(), request);
        audit.record(now, clock.instant(), trace.status(answer.status()));
        return answer;
    }

    private static SimulatedResponse answer(Route route, Request request) {
        try {
            return route.handler().apply(request);
        } catch (Refusal ex) {
            request.trace().markRefused(ex);
            return SimulatedResponse.of(ex);
        }
    }

    private static String actionOf(SimulatedCall call) {
        return call.path().endsWith("/action") ? SimulatorJson.text(body(call), "operation") : "";
    }

    private String sourceOf(RouteMatch matched, SimulatedCall call, Instant now) {
        String id = matched.path().getOrDefault("id", "");
        if (call.path().startsWith("/v3/tasks/")) {
            return cloud.task(id, now).map(task -> task.server().id()).orElse("");
        }
        return id.isEmpty() ? SimulatorJson.text(body(call).path("source_server"), "id") : id;
    }

    private static JsonNode body(SimulatedCall call) {
        try {
            return call.body().length == 0 ? SimulatorJson.object() : SimulatorJson.MAPPER.readTree(call.body());
        } catch (JacksonException ex) {
            return SimulatorJson.object();
        }
    }
}
