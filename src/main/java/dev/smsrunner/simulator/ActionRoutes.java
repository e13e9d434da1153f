package dev.smsrunner.simulator;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** UpdateTaskStatus: start, stop, test and the other operations on a task. Status 200 means accepted, not completed. */
record ActionRoutes(SimulatedCloud cloud, TemplateStore templates, int concurrent) {

    SimulatedResponse act(Request request) {
        SimulatedTask task = TaskRoutes.find(cloud, request.id(), request.now());
        ObjectNode body = request.body();
        String action = SimulatorJson.text(body, "operation");
        request.trace().on(task.server().id(), task.id()).before(TaskRoutes.states(task, request.now()));
        ServedOperation operation = ServedOperation.ofAction(action)
                .orElseThrow(
                        () -> Refusal.service("SMS.9001", "The operation " + action + " is invalid.", "operation"));
        request.trace().operation(action);
        check(task, operation, body, request.now());
        boolean comparing = SimulatorJson.flag(body, "is_need_consistency_check", false);
        TaskRoutes.command(cloud, task, operation, comparing, request.now());
        request.trace().markExecuted(TaskRoutes.states(task, request.now())).target(task.target());
        if (operation.occupies()) {
            cloud.recordConcurrent(request.now());
        }
        return SimulatedResponse.accepted();
    }

    private void check(SimulatedTask task, ServedOperation operation, ObjectNode body, Instant now) {
        Phase phase = task.situation(now).phase();
        if (!operation.isAllowedIn(phase) || operation.occupies() && task.isStarting(now)) {
            throw Refusal.wrongState(
                    operation.refusalCode(),
                    "The operation %s is not allowed while task %s is %s and its source server is %s."
                            .formatted(operation.apiName(), task.id(), phase.taskState(), phase.sourceState()));
        }
        if (!task.server().isConnected(now)) {
            throw Refusal.service(
                    "SMS.6603",
                    "The source server is disconnected from SMS.",
                    task.server().name());
        }
        if (operation == ServedOperation.CLONE_TEST) {
            templates.require(SimulatorJson.text(body, "template_id"));
        }
        if (operation.occupies()) {
            checkPlace(now);
        }
    }

    /** No public page documents the code of this refusal. SMS.8115 is the similar code of migration projects. */
    private void checkPlace(Instant now) {
        if (cloud.occupied(now) >= concurrent) {
            throw Refusal.service(
                    "SMS.8116",
                    "The number of concurrent migrations has reached the upper limit (" + concurrent + ").",
                    String.valueOf(concurrent));
        }
    }
}
