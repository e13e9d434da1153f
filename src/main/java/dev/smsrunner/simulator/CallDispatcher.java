package dev.smsrunner.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Carries calls out one after the other, so that each sees the effect of the one before, and tells the audit. */
final class CallDispatcher {

    private final SimulatedCloud cloud;
    private final Faults faults;
    private final SimulatorAudit audit;
    private final Clock clock;
    private final List<Late> late = new ArrayList<>();

    CallDispatcher(SimulatedCloud cloud, Faults faults, SimulatorAudit audit, Clock clock) {
        this.cloud = cloud;
        this.faults = faults;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What came of a call.
     *
     * @param answer what is answered when no fault strikes
     * @param fault what goes wrong with the answer, or null
     */
    record Result(SimulatedResponse answer, @Nullable AnswerFault fault) {}

    /** A call that arrives when its caller has given up. */
    private record Late(Instant due, RouteMatch matched, SimulatedCall call, CallRecord trace) {}

    Result execute(RouteMatch matched, SimulatedCall call, CallRecord trace) {
        synchronized (cloud) {
            deliverLate();
            Instant now = cloud.tick();
            AnswerFault fault = faults.strike(trace.operation(), actionWord(call), sourceOf(matched, call, now));
            if (fault == null || fault.kind().executesNow()) {
                return new Result(run(matched, call, trace, fault, now), fault);
            }
            if (fault.kind() == AnswerFault.Kind.LATE_DELIVERY) {
                late.add(new Late(clock.instant().plus(fault.delay()), matched, call, trace));
            } else {
                audit.record(
                        now, clock.instant(), trace.code("fault " + fault.kind().word()));
            }
            return new Result(SimulatedResponse.accepted(), fault);
        }
    }

    SimulatedResponse refuse(Refusal refusal, CallRecord trace) {
        synchronized (cloud) {
            audit.record(cloud.tick(), clock.instant(), trace.refused(refusal).status(refusal.status()));
            return SimulatedResponse.of(refusal);
        }
    }

    /** Carries out what has arrived late by now; nobody waits for the answers. */
    void deliverLate() {
        Instant now = clock.instant();
        List<Late> due = late.stream()
                .filter(call -> !call.due().isAfter(now))
                .sorted(Comparator.comparing(Late::due))
                .toList();
        late.removeAll(due);
        due.forEach(call -> run(call.matched(), call.call(), call.trace(), null, cloud.tickAt(call.due())));
    }

    private SimulatedResponse run(
            RouteMatch matched, SimulatedCall call, CallRecord trace, @Nullable AnswerFault fault, Instant now) {
        Request request = new Request(matched.path(), call.query(), call.body(), now, trace);
        if (fault != null) {
            trace.code("fault " + fault.kind().word());
        }
        SimulatedResponse answer = answer(matched.route(), request);
        audit.record(now, clock.instant(), trace.status(answer.status()));
        return answer;
    }

    private static SimulatedResponse answer(Route route, Request request) {
        try {
            return route.handler().apply(request);
        } catch (Refusal ex) {
            request.trace().refused(ex);
            return SimulatedResponse.of(ex);
        }
    }

    private static String actionWord(SimulatedCall call) {
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
